package dev.bulkhead.apply;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keyed digests (HMAC-SHA-256, the first 128 bits). Keyed, because some of what is digested is secret, and an unkeyed
 * digest of a short secret can be guessed.
 *
 * <p>Two things are digested: what we want ({@link #of}), and of what is there the fields that we own
 * ({@link #owned}). The second says whether somebody changed a value of ours, or took a field from us; what others put
 * beside it doesn't show.
 */
public final class Digest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BYTES = 16;

    private final SecretKeySpec key;

    public Digest(byte[] key) {
        this.key = new SecretKeySpec(key, "HmacSHA256");
    }

    /** Over any value: a record of the API, an object, a list, a map. Independent of the order of map keys. */
    public String of(Object value) {
        var sink = new Sink(mac());
        sink.value(tree(value));
        return sink.hex();
    }

    /** Over the paths and values that {@code manager} owns by server-side apply. Empty when it owns nothing. */
    public Optional<String> owned(GenericKubernetesResource object, String manager) {
        return managedFields(object.getMetadata(), manager).map(fields -> {
            var sink = new Sink(mac());
            sink.owned(fields, asTree(object));
            return sink.hex();
        });
    }

    /** The {@code fieldsV1} of the manager's own applies, as the API server keeps them. */
    public static Optional<Map<String, Object>> managedFields(ObjectMeta metadata, String manager) {
        return metadata.getManagedFields().stream()
                .filter(entry -> manager.equals(entry.getManager()))
                .filter(entry -> "Apply".equals(entry.getOperation()))
                .filter(entry ->
                        entry.getSubresource() == null || entry.getSubresource().isEmpty())
                .map(ManagedFieldsEntry::getFieldsV1)
                .filter(Objects::nonNull)
                .map(fields -> Map.copyOf(fields.getAdditionalProperties()))
                .findFirst();
    }

    private static Map<String, Object> asTree(GenericKubernetesResource object) {
        var tree = new TreeMap<>(object.getAdditionalProperties());
        tree.put("metadata", ownable(object.getMetadata()));
        return tree;
    }

    /** What anybody can own of the metadata. The rest, above all the managed fields, is most of an object. */
    private static Map<String, Object> ownable(ObjectMeta metadata) {
        var tree = new TreeMap<String, Object>();
        tree.put("labels", metadata.getLabels());
        tree.put("annotations", metadata.getAnnotations());
        tree.put("finalizers", metadata.getFinalizers());
        tree.put("ownerReferences", JSON.convertValue(metadata.getOwnerReferences(), Object.class));
        return tree;
    }

    private static Object tree(Object value) {
        return value instanceof Map || value instanceof List || value instanceof String
                ? value
                : JSON.convertValue(value, Object.class);
    }

    private Mac mac() {
        try {
            var mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The JDK has no HmacSHA256", e);
        }
    }

    /** Feeds a tree to the digest so that no two different trees feed the same bytes. */
    private record Sink(Mac mac) {

        String hex() {
            return HexFormat.of().formatHex(mac.doFinal(), 0, BYTES);
        }

        void value(Object value) {
            switch (value) {
                case null -> tag('0');
                case Map<?, ?> map -> {
                    tag('{');
                    new TreeMap<Object, Object>(map).forEach((name, item) -> {
                        text(name.toString());
                        value(item);
                    });
                    tag('}');
                }
                case List<?> list -> {
                    tag('[');
                    list.forEach(this::value);
                    tag(']');
                }
                case Number number -> {
                    tag('n');
                    text(new BigDecimal(number.toString()).stripTrailingZeros().toPlainString());
                }
                case Boolean bool -> tag(bool ? 't' : 'f');
                default -> text(value.toString());
            }
        }

        /** Follows the {@code f:}, {@code k:} and {@code v:} keys of fieldsV1 through the object. */
        void owned(Map<?, ?> fields, Object at) {
            tag('{');
            new TreeMap<Object, Object>(fields).forEach((path, below) -> {
                var step = path.toString();
                text(step);
                if (!step.equals(".")) {
                    var child = Fields.child(step, at);
                    if (below instanceof Map<?, ?> deeper && !deeper.isEmpty()) {
                        owned(deeper, child);
                    } else {
                        value(child);
                    }
                }
            });
            tag('}');
        }

        private void tag(char tag) {
            mac.update((byte) tag);
        }

        private void text(String text) {
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            tag('s');
            mac.update(ByteBuffer.allocate(4).putInt(bytes.length).flip());
            mac.update(bytes);
        }
    }
}
