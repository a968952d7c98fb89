package dev.bulkhead.secrets.vault;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bulkhead.apply.Entry.Source;
import dev.bulkhead.apply.SecretReader;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes published values from the Secrets of hub namespaces and vaults. Each Secret is read once per call, and dropped. */
public final class PublishedValues implements SecretReader {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Which an editor, or echo, puts behind a value. */
    private static final Pattern LINE_END = Pattern.compile("\\r?\\n\\z");

    private static final Pattern NO_LINE = Pattern.compile("[\\v\\x00]");

    private final KubernetesClient client;

    public PublishedValues(KubernetesClient client) {
        this.client = client;
    }

    @Override
    public Map<String, String> read(String hubNamespace, Map<String, Source> sources) {
        var read = new Reading(Set.of(hubNamespace, VaultNames.namespace(hubNamespace)));
        var values = new TreeMap<String, String>();
        sources.forEach((key, source) -> values.put(key, read.value(source)));
        return values;
    }

    /** One call: no value outlives it. */
    private final class Reading {

        private final Set<String> namespaces;
        private final Map<String, Map<String, String>> secrets = new HashMap<>();

        Reading(Set<String> namespaces) {
            this.namespaces = namespaces;
        }

        String value(Source source) {
            return switch (source) {
                case Source.Copy copy -> encoded(copy);
                case Source.Lines lines ->
                    encode(lines(lines.parts().stream().map(this::text).map(String::strip)));
                case Source.SingleLines lines ->
                    encode(lines(lines.parts().stream().flatMap(it -> singleLine(it).stream())));
                case Source.KeySet keys -> encode(keySet(keys));
                case Source.Text text ->
                    encode(text.pieces().stream()
                            .map(piece -> switch (piece) {
                                case Source.Piece.Literal literal -> literal.text();
                                case Source.Piece.Value value -> filtered(value);
                            })
                            .collect(Collectors.joining()));
            };
        }

        private static String lines(Stream<String> texts) {
            return texts.distinct().map(text -> text + "\n").collect(Collectors.joining());
        }

        /** Of a text with several lines each would be taken for a value of its own, and its last brace be accepted. */
        private Optional<String> singleLine(Source.Copy copy) {
            return decoded(copy)
                    .map(text -> LINE_END.matcher(text).replaceFirst(""))
                    .filter(line -> !line.isBlank() && !NO_LINE.matcher(line).find());
        }

        private String filtered(Source.Piece.Value value) {
            return switch (value.filter()) {
                case NONE -> text(value.copy());
                case BASE64 -> encoded(value.copy());
                // The encoder is for forms, where a space is a plus.
                case URL ->
                    URLEncoder.encode(text(value.copy()), StandardCharsets.UTF_8)
                            .replace("+", "%20");
            };
        }

        private String keySet(Source.KeySet keys) {
            var set = JSON.createObjectNode();
            var array = set.putArray("keys");
            for (var part : keys.parts()) {
                try {
                    array.add(JSON.readTree(text(part)));
                } catch (JsonProcessingException e) {
                    // Its message would quote the text.
                    throw new SecretMissing(
                            "Key %s of Secret %s/%s is no JWK".formatted(part.key(), part.namespace(), part.secret()));
                }
            }
            return set.toString();
        }

        private String text(Source.Copy copy) {
            return decoded(copy)
                    .orElseThrow(() -> new SecretMissing(
                            "Key %s of Secret %s/%s is no text: put | base64 behind it in the template"
                                    .formatted(copy.key(), copy.namespace(), copy.secret())));
        }

        /** Nothing when it is no text. */
        private Optional<String> decoded(Source.Copy copy) {
            try {
                return Optional.of(StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(Base64.getDecoder().decode(encoded(copy))))
                        .toString());
            } catch (CharacterCodingException _) {
                return Optional.empty();
            }
        }

        private String encoded(Source.Copy copy) {
            var data = secrets.computeIfAbsent(
                    copy.namespace() + "/" + copy.secret(), _ -> data(copy.namespace(), copy.secret()));
            return Optional.ofNullable(data.get(copy.key()))
                    .orElseThrow(() -> new SecretMissing(
                            "Secret %s/%s has no key %s".formatted(copy.namespace(), copy.secret(), copy.key())));
        }

        private Map<String, String> data(String namespace, String name) {
            if (!namespaces.contains(namespace)) {
                throw new IllegalArgumentException("Secret %s/%s is none of this team's".formatted(namespace, name));
            }
            return Optional.ofNullable(client.secrets()
                            .inNamespace(namespace)
                            .withName(name)
                            .get())
                    .map(Secret::getData)
                    .orElseThrow(() -> new SecretMissing("Secret %s/%s isn't there".formatted(namespace, name)));
        }

        private static String encode(String text) {
            return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
