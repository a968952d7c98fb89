package dev.bulkhead.cluster;

import dev.bulkhead.api.v1alpha1.ClusterCapabilities;
import dev.bulkhead.api.v1alpha1.TargetCluster;
import dev.bulkhead.api.v1alpha1.TargetClusterStatus;
import dev.bulkhead.apply.Kind;
import dev.bulkhead.status.Conditions;
import dev.bulkhead.status.Patience;
import dev.bulkhead.status.Reason;
import dev.bulkhead.status.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** ClusterState → status of the TargetCluster. Pure. */
final class ClusterReporter {

    private static final String REACHABLE = "Reachable";
    private static final String AUTHORIZED = "Authorized";
    private static final String CAPABLE = "Capable";
    private static final String FENCED = "Fenced";
    static final String MESH_IDENTITY = "MeshIdentity";

    /** What may pass without anybody's doing. */
    private static final Set<Reason> PASSING =
            Set.of(Reason.ClusterUnreachable, Reason.Fenced, Reason.WaitingForSecret);

    /** For these it has answered. */
    private static final Set<Reason> ANSWERED = Set.of(
            Reason.ClusterChanged,
            Reason.ClusterTombstoned,
            Reason.ClusterTaken,
            Reason.Fenced,
            Reason.RightsMissing,
            Reason.CredentialRefused);

    private ClusterReporter() {}

    /** @param users the environments that live in it, as namespace/name */
    static TargetClusterStatus status(
            TargetCluster cluster, ClusterState state, List<String> users, Optional<MeshStanding> mesh, Instant now) {
        var before = Optional.ofNullable(cluster.getStatus());
        long generation = cluster.getMetadata().getGeneration();
        var conditions = Conditions.after(
                        before.map(TargetClusterStatus::conditions).orElse(List.of()), generation, now)
                .standing(standing(state, now));
        reachable(conditions, state);
        authorized(conditions, state);
        capable(conditions, state);
        fenced(conditions, state, cluster.getSpec().local() != null);
        mesh.ifPresent(it -> mesh(conditions, it));
        return new TargetClusterStatus(
                generation,
                conditions.build(),
                state.well().map(ProbeResult.Healthy::version).orElse(null),
                state.well().map(ProbeResult.Healthy::uid).orElse(null),
                state.well().map(ProbeResult.Healthy::capabilities).orElse(null),
                users.size(),
                users.stream().limit(TargetClusterStatus.MOST_NAMED).toList(),
                mesh.map(MeshStanding::status).orElse(null));
    }

    private static Standing standing(ClusterState state, Instant now) {
        return switch (state.link()) {
            case Link.Open _ -> well(state, "Connected");
            case Link.Connecting _
            when state.well().isPresent() && !state.isUsed() ->
                well(state, "It answers. It is connected when an environment needs it");
            case Link.Connecting _ -> new Standing.Reconciling(Reason.Progressing, "Being connected");
            case Link.Broken broken ->
                patience(state, now).isZero()
                        ? new Standing.Stalled(broken.reason(), broken.message())
                        : new Standing.Reconciling(broken.reason(), broken.message());
        };
    }

    private static Standing well(ClusterState state, String words) {
        return lacking(state)
                .<Standing>map(it -> new Standing.Stalled(Reason.RightsMissing, it))
                .orElseGet(() -> new Standing.Ready(Reason.Ready, words));
    }

    /** How long it is still taken for something that passes; zero when it isn't, or is no trouble at all. */
    static Duration patience(ClusterState state, Instant now) {
        if (!(state.link() instanceof Link.Broken broken) || !PASSING.contains(broken.reason())) {
            return Duration.ZERO;
        }
        var left = Duration.between(now, state.since().plus(Patience.LIMIT));
        return left.isNegative() ? Duration.ZERO : left;
    }

    private static Optional<String> lacking(ClusterState state) {
        return state.well()
                .flatMap(ProbeResult.Healthy::lacking)
                .map(
                        "We may not do there: %s. What needs it is refused. Apply the rights of examples/target-cluster"
                                ::formatted);
    }

    private static void reachable(Conditions conditions, ClusterState state) {
        switch (state.link()) {
            case Link.Broken broken
            when !ANSWERED.contains(broken.reason()) ->
                conditions.add(REACHABLE, false, broken.reason(), broken.message());
            case Link.Connecting _
            when state.well().isEmpty() -> conditions.unknown(REACHABLE, Reason.Progressing, "Not looked at yet");
            case Link.Open _, Link.Connecting _, Link.Broken _ ->
                conditions.add(REACHABLE, true, Reason.Ready, "Its API server answers");
        }
    }

    private static void authorized(Conditions conditions, ClusterState state) {
        if (state.link() instanceof Link.Broken broken
                && (broken.reason() == Reason.RightsMissing || broken.reason() == Reason.CredentialRefused)) {
            conditions.add(AUTHORIZED, false, broken.reason(), broken.message());
            return;
        }
        if (state.link() instanceof Link.Broken || state.well().isEmpty()) {
            conditions.unknown(AUTHORIZED, Reason.Progressing, "It can't be asked now");
            return;
        }
        lacking(state)
                .ifPresentOrElse(
                        it -> conditions.add(AUTHORIZED, false, Reason.RightsMissing, it),
                        () -> conditions.add(
                                AUTHORIZED, true, Reason.Ready, "We may do there all that is needed" + renewal(state)));
    }

    private static String renewal(ClusterState state) {
        return state.well()
                .flatMap(ProbeResult.Healthy::renewal)
                .map("; our token there isn't renewed: %s"::formatted)
                .orElse("");
    }

    private static void capable(Conditions conditions, ClusterState state) {
        if (state.well().isEmpty()) {
            conditions.unknown(CAPABLE, Reason.Progressing, "Not looked at yet");
            return;
        }
        var offers = state.well().get().capabilities();
        var unserved = Capabilities.unserved(offers);
        unserved.removeIf(Kind::isAdded);
        if (unserved.isEmpty()) {
            conditions.add(CAPABLE, true, Reason.Ready, "status.capabilities says what it offers" + unknown(offers));
        } else {
            conditions.add(
                    CAPABLE,
                    false,
                    Reason.KindsMissing,
                    "It doesn't serve %s. What environments have of that is left out"
                            .formatted(unserved.stream()
                                    .map(it -> "%s %s".formatted(it.apiVersion(), it.kind()))
                                    .collect(Collectors.joining(", "))));
        }
    }

    private static String unknown(ClusterCapabilities offers) {
        return offers.unknown().isEmpty()
                ? ""
                : "; we may not ask it for %s".formatted(String.join(", ", offers.unknown()));
    }

    private static void fenced(Conditions conditions, ClusterState state, boolean isOwn) {
        switch (state.link()) {
            case Link.Open _
            when isOwn -> conditions.add(FENCED, true, Reason.Ready, "The lease of the leader is in this cluster");
            case Link.Open _ -> conditions.add(FENCED, true, Reason.Ready, "The lease there is ours");
            case Link.Connecting _ -> conditions.unknown(FENCED, Reason.Progressing, "Nothing is written to it now");
            case Link.Broken broken
            when broken.reason() == Reason.Fenced -> conditions.add(FENCED, false, Reason.Fenced, broken.message());
            case Link.Broken _ -> conditions.unknown(FENCED, Reason.Progressing, "Nothing is written to it now");
        }
    }

    private static void mesh(Conditions conditions, MeshStanding mesh) {
        mesh.isWell()
                .ifPresentOrElse(
                        well -> conditions.add(MESH_IDENTITY, well, mesh.reason(), mesh.message()),
                        () -> conditions.unknown(MESH_IDENTITY, mesh.reason(), mesh.message()));
    }
}
