package dev.bulkhead.secrets;

import dev.bulkhead.api.v1alpha1.SecretEntry;
import dev.bulkhead.api.v1alpha1.SecretEntryStatus;
import dev.bulkhead.api.v1alpha1.SecretScope;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Where the entries of a SecretScope are, as far as anybody knows. Pure. */
final class LastSeen {

    /** It has no value yet. */
    private static final String WAITING = "Waiting";

    private LastSeen() {}

    /**
     * @param now what the look at the environment says; nothing at all when it didn't come so far. Then they are where they
     *     were: a cluster that isn't reached takes nobody's values away
     */
    static List<SecretEntryStatus> entries(SecretScope scope, Map<String, SecretEntryStatus> now) {
        var seen = now.isEmpty() ? before(scope) : now;
        return scope.getSpec().entries().stream()
                .map(SecretEntry::name)
                .map(name ->
                        Optional.ofNullable(seen.get(name)).orElseGet(() -> new SecretEntryStatus(name, WAITING, null)))
                .toList();
    }

    private static Map<String, SecretEntryStatus> before(SecretScope scope) {
        return scope.getStatus() == null
                ? Map.of()
                : scope.getStatus().entries().stream()
                        .collect(Collectors.toMap(SecretEntryStatus::name, Function.identity()));
    }
}
