package dev.bulkhead.secrets.material;

import dev.bulkhead.api.v1alpha1.CaSettings;
import dev.bulkhead.api.v1alpha1.SecretEntry;
import dev.bulkhead.api.v1alpha1.TlsSettings;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * What the value of an entry depends on, in one word: when it changes, a new version is due. Schedule, hooks and drain
 * are no part of it, nor are templates, which are filled in anew whenever the entry is published.
 */
public final class Recipe {

    private static final int BYTES = 8;

    private final List<String> parts = new ArrayList<>();

    private Recipe() {}

    public static String of(SecretEntry entry) {
        var recipe = new Recipe();
        recipe.add("type", entry.type());
        recipe.settings(entry);
        recipe.addAll("users", entry.users());
        return recipe.hash();
    }

    // A setting that comes new into the API is added only where it isn't the default: an upgrade must rotate nothing.
    private void settings(SecretEntry entry) {
        switch (entry.type()) {
            case Password -> {
                var settings = Objects.requireNonNull(entry.password());
                add("length", settings.length());
                // The order of the letters makes no other passwords.
                addAll("alphabet", settings.alphabet().chars().sorted().boxed().toList());
            }
            case Token -> {
                var settings = Objects.requireNonNull(entry.token());
                add("bytes", settings.bytes());
                add("encoding", settings.encoding());
            }
            case HMACKey -> add("bytes", Objects.requireNonNull(entry.hmacKey()).bytes());
            case SSHKey -> {
                var settings = Objects.requireNonNull(entry.sshKey());
                add("algorithm", settings.algorithm());
                add("bits", SshKeys.bits(settings));
                addAll("comment", settings.comment() == null ? List.of() : List.of(settings.comment()));
            }
            case KeyPair ->
                add("algorithm", Objects.requireNonNull(entry.keyPair()).algorithm());
            case BasicAuth -> {
                var settings = Objects.requireNonNull(entry.basicAuth());
                add("cost", settings.cost());
                addAll("username", settings.username() == null ? List.of() : List.of(settings.username()));
            }
            case CA -> ca(Objects.requireNonNull(entry.ca()));
            case TLS -> tls(Objects.requireNonNull(entry.tls()));
            case UUID, Static, External, Granted -> {}
        }
    }

    private void ca(CaSettings settings) {
        add("validity", settings.validity());
        add("algorithm", settings.algorithm());
        addAll("commonName", settings.commonName() == null ? List.of() : List.of(settings.commonName()));
        addAll("issuer", settings.issuer() == null ? List.of() : List.of(settings.issuer()));
    }

    private void tls(TlsSettings settings) {
        add("validity", settings.validity());
        add("algorithm", settings.algorithm());
        addAll("issuer", settings.issuer() == null ? List.of() : List.of(settings.issuer()));
        addAll("commonName", settings.commonName() == null ? List.of() : List.of(settings.commonName()));
        addAll("dnsNames", settings.dnsNames());
        addAll("ipAddresses", settings.ipAddresses());
        addAll("usages", settings.usages().stream().sorted().toList());
        addAll("formats", settings.formats().stream().sorted().toList());
    }

    private void add(String name, Object value) {
        addAll(name, List.of(value));
    }

    private void addAll(String name, List<?> values) {
        values.forEach(value -> parts.add(name + "=" + value));
    }

    private String hash() {
        try {
            var digest = MessageDigest.getInstance("SHA-256")
                    .digest(String.join("\n", parts).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
