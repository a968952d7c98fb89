package dev.bulkhead.cluster;

import dev.bulkhead.cluster.ProbeResult.Healthy;
import dev.bulkhead.cluster.capability.CapabilityReading;
import dev.bulkhead.status.Reason;
import io.fabric8.kubernetes.api.model.authentication.SelfSubjectReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Asks a target cluster which one it is, and now and then what we may do there and what it offers. It takes two small
 * requests, and some more every few minutes.
 */
final class Probe {

    private static final Duration WHOLE = Duration.ofMinutes(5);
    private static final Pattern ACCOUNT = Pattern.compile("^system:serviceaccount:([^:]+):([^:]+)$");

    /** The lease, and the inventories. */
    private static final List<Right> IN_OWN_NAMESPACE = Stream.concat(
                    Right.of("coordination.k8s.io", "leases", "get", "create", "update"),
                    Right.of("", "configmaps", "list", "create", "update"))
            .toList();

    /** Where its API server listens. */
    private static final List<Right> IN_DEFAULT =
            Right.of("discovery.k8s.io", "endpointslices", "list", "watch").toList();

    private static final List<Right> EVERY_SECRET =
            Right.of("", "secrets", "list", "watch").toList();

    private final KubernetesClient client;
    private final Clock clock;
    private Optional<Whole> whole = Optional.empty();

    private record Whole(Instant at, Healthy well) {}

    Probe(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    /** The cluster may offer something else than when it was asked. */
    void forget() {
        whole = Optional.empty();
    }

    ProbeResult ask() {
        try {
            var version = client.getKubernetesVersion().getGitVersion();
            var system = client.namespaces().withName("kube-system").get();
            if (system == null) {
                return ProbeResult.refused(
                        Reason.ClusterUnreachable,
                        "It has no namespace kube-system, by whose UID clusters are told apart. Is it a Kubernetes?");
            }
            var uid = system.getMetadata().getUid();
            var known = whole.filter(it -> isFresh(it, version, uid)).map(Whole::well);
            return known.isPresent() ? known.get() : wholly(version, uid);
        } catch (RuntimeException e) {
            return Trouble.of(e);
        }
    }

    private boolean isFresh(Whole before, String version, String uid) {
        var now = clock.instant();
        return before.well.version().equals(version)
                && before.well.uid().equals(uid)
                && before.well.lacking().isEmpty()
                && !now.isBefore(before.at)
                && now.isBefore(before.at.plus(WHOLE));
    }

    private ProbeResult wholly(String version, String uid) {
        var offers = CapabilityReading.of(client, version);
        var served = Capabilities.served(offers);
        var toBegin = Stream.of(
                        lacking("", Right.lacking(client, Right.toBegin(served))),
                        lacking(
                                " in namespace " + Inventories.NAMESPACE,
                                Right.lacking(client, Inventories.NAMESPACE, IN_OWN_NAMESPACE)),
                        lacking(" in namespace default", Right.lacking(client, "default", IN_DEFAULT)))
                .flatMap(Optional::stream)
                .collect(Collectors.joining("; "));
        if (!toBegin.isEmpty()) {
            return missing(toBegin);
        }
        var account = account();
        if (account.isEmpty()) {
            return missing("list, watch secrets, or bind that to itself in single namespaces, as a ServiceAccount can");
        }
        var toWork = Right.lacking(client, Right.toWork(served));
        var well = new Healthy(
                version,
                uid,
                toWork.isEmpty() ? Optional.empty() : Optional.of(Right.inWords(toWork)),
                account.get(),
                offers);
        whole = Optional.of(new Whole(clock.instant(), well));
        return well;
    }

    private static ProbeResult missing(String rights) {
        return ProbeResult.refused(
                Reason.RightsMissing,
                "We may not do there what is needed to begin: %s. Apply the rights of examples/target-cluster"
                        .formatted(rights));
    }

    private static Optional<String> lacking(String where, List<Right> rights) {
        return rights.isEmpty() ? Optional.empty() : Optional.of(Right.inWords(rights) + where);
    }

    /** Who may not read every Secret binds itself what it needs in single namespaces. Empty: it is nobody who could. */
    private Optional<OperatorAccount> account() {
        if (Right.lacking(client, EVERY_SECRET).isEmpty()) {
            return Optional.of(OperatorAccount.NONE);
        }
        var review = client.authentication().v1().selfSubjectReviews().create(new SelfSubjectReviewBuilder().build());
        return ACCOUNT.matcher(review.getStatus().getUserInfo().getUsername())
                .results()
                .map(name -> new OperatorAccount(name.group(1), name.group(2)))
                .findFirst();
    }
}
