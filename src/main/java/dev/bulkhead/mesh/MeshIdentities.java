package dev.bulkhead.mesh;

import dev.bulkhead.api.v1alpha1.MeshAnchorSource;
import dev.bulkhead.api.v1alpha1.MeshIdentity;
import dev.bulkhead.api.v1alpha1.MeshIdentityStatus;
import dev.bulkhead.api.v1alpha1.TargetCluster;
import dev.bulkhead.apply.Said;
import dev.bulkhead.apply.SecretReader.SecretMissing;
import dev.bulkhead.cluster.Connections;
import dev.bulkhead.cluster.Link;
import dev.bulkhead.cluster.MeshStanding;
import dev.bulkhead.secrets.rotation.Wish;
import dev.bulkhead.secrets.vault.Outdated;
import dev.bulkhead.secrets.vault.VaultRefused;
import dev.bulkhead.status.EventRecorder;
import dev.bulkhead.status.Reason;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The meshes that are looked after here, each by a thread of its own, so that a slow cluster keeps nobody waiting. */
public final class MeshIdentities implements MeshStanding.Source {

    /** On a TargetCluster: whenever there is another word in it, the anchor or the issuer is rotated once. */
    public static final Map<String, String> ROTATE = Map.of(
            MeshEntries.ANCHOR, "bulkhead.dev/rotate-trust-anchor", MeshEntries.ISSUER, "bulkhead.dev/rotate-issuer");

    private static final Logger LOG = LoggerFactory.getLogger(MeshIdentities.class);

    private static final Duration SOON = Duration.ofSeconds(5);

    private static final Duration NOW_AND_THEN = Duration.ofMinutes(1);

    private static final Duration SELDOM = Duration.ofMinutes(30);

    private final String hubId;
    private final String namespace;
    private final Supplier<List<TargetCluster>> clusters;
    private final Connections connections;
    private final MeshVault vault;
    private final MeshMeters meters;
    private final EventRecorder events;
    private final Consumer<String> changed;
    private final Clock clock;
    private final ConcurrentMap<String, Watch> watches = new ConcurrentHashMap<>();

    /**
     * @param wanted what was asked for when it was last looked at
     * @param due when to look again
     * @param standing what it came to; empty: nothing yet
     */
    private record Watch(Wanted wanted, boolean isBusy, Instant due, Optional<MeshStanding> standing) {}

    private record Wanted(String uid, MeshIdentity spec, Map<String, String> words) {}

    /** @param changed told of the name of a TargetCluster of whose mesh there is something new to say */
    public MeshIdentities(
            String hubId,
            String namespace,
            Supplier<List<TargetCluster>> clusters,
            Connections connections,
            MeshVault vault,
            MeshMeters meters,
            EventRecorder events,
            Consumer<String> changed,
            Clock clock) {
        this.hubId = hubId;
        this.namespace = namespace;
        this.clusters = clusters;
        this.connections = connections;
        this.vault = vault;
        this.meters = meters;
        this.events = events;
        this.changed = changed;
        this.clock = clock;
    }

    @Override
    public Optional<MeshStanding> of(TargetCluster cluster) {
        if (cluster.getSpec().meshIdentity() == null) {
            return Optional.empty();
        }
        return Optional.ofNullable(watches.get(cluster.getMetadata().getName()))
                .flatMap(Watch::standing)
                .or(() -> Optional.of(new MeshStanding(
                        Optional.empty(),
                        Reason.Progressing,
                        "Not looked at yet",
                        Optional.ofNullable(cluster.getStatus())
                                .map(it -> it.meshIdentity())
                                .orElse(new MeshIdentityStatus(null, null, null, List.of())))));
    }

    /** Every few seconds: looks at those whose time has come. */
    public void tend() {
        var wanted = clusters.get().stream()
                .filter(it -> it.getSpec().meshIdentity() != null)
                .collect(Collectors.toMap(it -> it.getMetadata().getName(), it -> it));
        watches.keySet().retainAll(wanted.keySet());
        meters.keep(wanted.keySet());
        wanted.values().stream().filter(this::begins).forEach(it -> Thread.ofVirtual()
                .name("bulkhead-mesh-" + it.getMetadata().getName())
                .start(() -> look(it)));
    }

    /** Whether it is to be looked at now; then nobody else does. */
    private boolean begins(TargetCluster cluster) {
        var name = cluster.getMetadata().getName();
        var wanted = wanted(cluster);
        var now = clock.instant();
        var before = watches.get(name);
        if (before == null) {
            return watches.putIfAbsent(name, new Watch(wanted, true, now, Optional.empty())) == null;
        }
        if (before.isBusy() || before.wanted().equals(wanted) && now.isBefore(before.due())) {
            return false;
        }
        return watches.replace(name, before, new Watch(wanted, true, before.due(), before.standing()));
    }

    private static Wanted wanted(TargetCluster cluster) {
        var annotations = Objects.requireNonNullElse(cluster.getMetadata().getAnnotations(), Map.<String, String>of());
        var words = ROTATE.entrySet().stream()
                .filter(it -> annotations.containsKey(it.getValue()))
                .collect(Collectors.toMap(Map.Entry::getKey, it -> annotations.get(it.getValue())));
        return new Wanted(
                cluster.getMetadata().getUid(),
                Objects.requireNonNull(cluster.getSpec().meshIdentity()),
                words);
    }

    private void look(TargetCluster cluster) {
        var name = cluster.getMetadata().getName();
        var before = of(cluster);
        var pause = SOON;
        var after = before;
        try {
            if (connections.link(cluster) instanceof Link.Open open) {
                var looked = looked(cluster, open.connection().client(), before);
                after = Optional.of(looked.standing());
                pause = looked.pause();
            }
        } catch (RuntimeException e) {
            LOG.warn("The mesh of cluster {} could not be looked after", name, e);
            after = Optional.of(MeshReporter.refused(
                    Reason.InternalError, "We failed in a way that we don't know; the operator's log has it", before));
            pause = NOW_AND_THEN;
        }
        var next = new Watch(wanted(cluster), false, clock.instant().plus(pause), after);
        watches.computeIfPresent(name, (_, _) -> next);
        if (!after.equals(before)) {
            changed.accept(name);
        }
    }

    private record Looked(MeshStanding standing, Duration pause) {}

    private Looked looked(TargetCluster cluster, KubernetesClient target, Optional<MeshStanding> before) {
        var name = cluster.getMetadata().getName();
        var now = clock.instant();
        var wanted = wanted(cluster);
        try {
            var entries = MeshEntries.of(hubId, namespace, name, wanted.spec());
            try {
                var result = new MeshCourse(
                                vault,
                                entries,
                                Optional.<MeshAnchorSource>ofNullable(
                                        wanted.spec().from()),
                                wishes(wanted),
                                new Linkerd(target),
                                now)
                        .go();
                meters.record(name, result);
                result.news()
                        .forEach(it -> events.record(
                                cluster,
                                it.type(),
                                it.event().name(),
                                "%s of the mesh: %s".formatted(it.entry(), it.message())));
                return new Looked(MeshReporter.standing(result, now), result.pause(now));
            } catch (RuntimeException e) {
                vault.forget(entries.id());
                throw e;
            }
        } catch (MeshRefused e) {
            return new Looked(MeshReporter.refused(e.reason(), e.getMessage(), before), NOW_AND_THEN);
        } catch (SecretMissing e) {
            // It went away just now; the next look is told so by the vault.
            return new Looked(MeshReporter.refused(Reason.SecretLost, e.getMessage(), before), SOON);
        } catch (VaultRefused e) {
            return new Looked(MeshReporter.refused(Reason.VaultUnusable, e.getMessage(), before), NOW_AND_THEN);
        } catch (IllegalArgumentException e) {
            return new Looked(MeshReporter.refused(Reason.ScheduleImpossible, e.getMessage(), before), SELDOM);
        } catch (Outdated e) {
            LOG.info("The mesh of cluster {} is looked at again: {}", name, e.getMessage());
            return new Looked(before.orElseThrow(), SOON);
        } catch (KubernetesClientException e) {
            return trouble(name, e, before);
        }
    }

    private static Looked trouble(String name, KubernetesClientException e, Optional<MeshStanding> before) {
        return switch (e.getCode()) {
            case HttpURLConnection.HTTP_CONFLICT -> {
                LOG.info("The mesh of cluster {} is looked at again: {}", name, said(e));
                yield new Looked(before.orElseThrow(), SOON);
            }
            case HttpURLConnection.HTTP_FORBIDDEN ->
                new Looked(
                        MeshReporter.refused(
                                Reason.RightsMissing,
                                "We may not do in namespace %s of the cluster what is needed: %s. Apply examples/target-cluster/mesh-identity.yaml there, or set the chart's meshIdentity.enabled"
                                        .formatted(Linkerd.NAMESPACE, said(e)),
                                before),
                        NOW_AND_THEN);
            case HttpURLConnection.HTTP_NOT_FOUND ->
                new Looked(
                        MeshReporter.refused(
                                Reason.WaitingForNamespace,
                                "The cluster has no namespace %s: make it, and the trust anchor and the issuer are there before Linkerd is"
                                        .formatted(Linkerd.NAMESPACE),
                                before),
                        SOON);
            default ->
                new Looked(
                        MeshReporter.refused(Reason.TargetFault, "The cluster failed: %s".formatted(said(e)), before),
                        NOW_AND_THEN);
        };
    }

    /** What the API server said, and not what it was asked: that may have had a value in it. */
    private static String said(KubernetesClientException e) {
        return Said.by(e).orElseGet(() -> "code " + e.getCode());
    }

    private static Map<String, List<Wish>> wishes(Wanted wanted) {
        return wanted.words().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, it -> List.of(new Wish(Wish.Kind.Rotate, "annotation-" + it.getValue()))));
    }
}
