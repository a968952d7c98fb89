package dev.bulkhead.it;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.BiConsumer;

/** What tests that look on while something happens have in common. */
final class Watches {

    private Watches() {}

    static <T> Watcher<T> each(BiConsumer<Watcher.Action, T> told) {
        return new Watcher<>() {
            @Override
            public void eventReceived(Action action, T object) {
                told.accept(action, object);
            }

            @Override
            public void onClose(WatcherException cause) {
                // Ended by the server: what was seen so far is still true.
            }
        };
    }

    /** It orders what happened, over all kinds. */
    static long revision(HasMetadata object) {
        return Long.parseLong(object.getMetadata().getResourceVersion());
    }

    /** What a Secret held at that moment; empty if it didn't have the key yet. */
    static String text(Secret secret, String key) {
        return new String(Base64.getDecoder().decode(secret.getData().getOrDefault(key, "")), StandardCharsets.UTF_8);
    }
}
