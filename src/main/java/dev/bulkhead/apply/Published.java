package dev.bulkhead.apply;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is written on a Secret whose values are rotated, so that nobody takes it back to what was before. */
public final class Published {

    /** Rises with each change of what is published. */
    public static final String POINTER = "bulkhead.dev/pointer";

    /** The version whose value is to be used. */
    public static final String VERSION = "bulkhead.dev/version";

    private Published() {}

    /** 0 on what isn't rotated. */
    public static long pointer(Entry entry) {
        return entry instanceof Entry.SecretEntry secret
                ? number(secret.annotations().get(POINTER))
                : 0;
    }

    public static long pointer(HasMetadata secret) {
        return number(annotations(secret).get(POINTER));
    }

    /** 0 when it says none. */
    public static int version(HasMetadata secret) {
        var text = annotations(secret).get(VERSION);
        // One more digit, and there would be no room for the versions after it.
        return text != null && text.length() < 10 ? (int) number(text) : 0;
    }

    private static Map<String, String> annotations(HasMetadata secret) {
        return Optional.ofNullable(secret.getMetadata().getAnnotations()).orElse(Map.of());
    }

    /** Somebody may have written anything there. */
    private static long number(@Nullable String text) {
        return text != null && text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
    }
}
