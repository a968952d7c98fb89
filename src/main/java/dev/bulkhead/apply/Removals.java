package dev.bulkhead.apply;

import dev.bulkhead.apply.Applied.Withheld;
import dev.bulkhead.apply.Inventory.Held;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What one pass would remove, and whether it may. */
record Removals(EnvironmentId environment, List<Held> held) {

    /** How many of them a message names. */
    private static final int NAMED = 10;

    /**
     * Why they are all left where they are, if they are.
     *
     * @param uid of the environment
     */
    Optional<Withheld.Verdict> heldBack(Consent consent, Inventory inventory, String uid, Instant now) {
        if (held.isEmpty()) {
            return Optional.empty();
        }
        if (now.isBefore(consent.settled()) && (inventory.isAnothers(uid) || !inventory.names(held))) {
            return Optional.of(new Withheld.Verdict(
                    Withheld.Why.UNSETTLED,
                    "%s would go, but an environment of this name had it before, and its contributors may still come."
                                    .formatted(count())
                            + " Nothing is removed before " + consent.settled()));
        }
        if (exceeds(consent) && !consent.approvals().contains(token())) {
            return Optional.of(new Withheld.Verdict(Withheld.Why.BLAST_RADIUS, tooMuch(consent)));
        }
        return consent.obstacle()
                .get()
                .map(it -> new Withheld.Verdict(Withheld.Why.OBSTACLE, it + ". Nothing is removed"));
    }

    private boolean exceeds(Consent consent) {
        var radius = consent.radius();
        return namespaces().size() > radius.namespaces()
                || inNamespacesThatStay()
                                .filter(it ->
                                        isCounted(it) && !consent.passing().test(it))
                                .count()
                        > radius.objects()
                || edges(consent) > radius.edges();
    }

    private Set<String> namespaces() {
        return held.stream()
                .map(Held::ref)
                .filter(it -> it.kind() == Kind.NAMESPACE)
                .map(Ref::name)
                .collect(Collectors.toSet());
    }

    private Stream<Ref> inNamespacesThatStay() {
        var going = namespaces();
        return held.stream().map(Held::ref).filter(it -> !going.contains(it.home()));
    }

    private long objects() {
        return inNamespacesThatStay().filter(Removals::isCounted).count();
    }

    /** What is said to the mesh goes with its edge, whose policy counts. */
    private static boolean isCounted(Ref ref) {
        return ref.kind().concern() != Concern.NETWORK || !ref.kind().isAdded();
    }

    private long edges(Consent consent) {
        return inNamespacesThatStay().filter(consent.cuts()).count();
    }

    private String count() {
        return "%d objects and %d namespaces".formatted(objects(), namespaces().size());
    }

    /** A word for exactly these. */
    String token() {
        var names = held.stream().map(it -> it.ref().toString()).sorted().collect(Collectors.joining("\n"));
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(names.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("The JDK has no SHA-256", e);
        }
    }

    private String tooMuch(Consent consent) {
        var radius = consent.radius();
        var edges = edges(consent);
        var cut = edges > radius.edges()
                ? ", and with them %d edges between workloads that stay, of which it lets %d go"
                        .formatted(edges, radius.edges())
                : "";
        var named = held.stream()
                .map(it -> it.ref().toString())
                .sorted()
                .limit(NAMED)
                .collect(Collectors.joining(", "));
        var more = held.size() > NAMED ? " and %d more".formatted(held.size() - NAMED) : "";
        return ("%s would go at once, and the class lets %d and %d go%s: %s%s. Nothing is removed until somebody approves"
                        + " exactly these, with: kubectl create -f - <<< '{\"apiVersion\":\"bulkhead.dev/v1alpha1\","
                        + "\"kind\":\"Operation\",\"metadata\":{\"generateName\":\"purge-\",\"namespace\":\"%s\"},"
                        + "\"spec\":{\"action\":\"Purge\",\"environmentRef\":{\"name\":\"%s\"},"
                        + "\"purge\":{\"removals\":\"%s\"}}}'")
                .formatted(
                        count(),
                        radius.objects(),
                        radius.namespaces(),
                        cut,
                        named,
                        more,
                        environment.namespace(),
                        environment.name(),
                        token());
    }
}
