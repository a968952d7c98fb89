package dev.bulkhead.environment;

import dev.bulkhead.apply.Said;
import dev.bulkhead.secrets.vault.Outdated;
import dev.bulkhead.secrets.vault.VaultRefused;
import dev.bulkhead.status.Reason;
import dev.bulkhead.status.Standing;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** An exception, in words for a person. */
final class Failure {

    private static final int DEEPEST = 10;

    private Failure() {}

    /** Whatever it is, we try again; what the API server or a vault has against it is not our fault, and the rest is. */
    static Standing standing(Exception e) {
        return chain(e).flatMap(it -> known(it).stream())
                .findFirst()
                .orElseGet(() -> new Standing.Reconciling(
                        Reason.InternalError,
                        "Bulkhead failed with %s: %s. Its log has more; please report it"
                                .formatted(e.getClass().getSimpleName(), root(e))));
    }

    private static Optional<Standing> known(Throwable e) {
        return switch (e) {
            case VaultRefused it ->
                Optional.of(new Standing.Stalled(Reason.VaultUnusable, String.valueOf(it.getMessage())));
            case Outdated it ->
                Optional.of(new Standing.Reconciling(Reason.Progressing, String.valueOf(it.getMessage())));
            case KubernetesClientException it ->
                Optional.of(new Standing.Reconciling(
                        Reason.TargetFault, "The API server didn't do what it was asked: " + words(it)));
            default -> Optional.empty();
        };
    }

    /** JOSDK and our own threads wrap what they pass on. */
    private static Stream<Throwable> chain(Throwable e) {
        return Stream.iterate(e, Objects::nonNull, Throwable::getCause).limit(DEEPEST);
    }

    /** What the server said, if it said anything; else what became of the connection. */
    private static String words(KubernetesClientException e) {
        return Said.by(e).orElseGet(() -> root(e));
    }

    private static String root(Throwable e) {
        var last = chain(e).reduce(e, (_, cause) -> cause);
        return String.valueOf(last.getMessage());
    }
}
