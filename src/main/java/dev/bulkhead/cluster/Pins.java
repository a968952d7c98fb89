package dev.bulkhead.cluster;

import dev.bulkhead.cluster.PinBook.Judgement;
import dev.bulkhead.status.Reason;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * The {@link PinBook} in a ConfigMap of the operator's namespace, so that it outlives the process and the TargetClusters.
 * Read once; from then on this process is the only writer, and a write that finds another's version reads again and fails.
 */
public final class Pins {

    static final String NAME = "bulkhead-targets";

    /** It comes from a cluster that nobody has judged yet, and becomes a key. */
    private static final Pattern UID = Pattern.compile("[-._a-zA-Z0-9]{1,128}");

    private final KubernetesClient client;
    private final String namespace;
    private final Clock clock;
    private volatile Stored stored;

    private record Stored(PinBook book, Optional<String> resourceVersion) {}

    public Pins(KubernetesClient client, String namespace, Clock clock) {
        this.client = client;
        this.namespace = namespace;
        this.clock = clock;
        this.stored = read();
    }

    /** Whether a TargetCluster of that name has stood for a cluster. */
    boolean has(String cluster) {
        return stored.book.pins().containsKey(cluster);
    }

    /**
     * Whether a cluster is the one that is meant. One that nobody has seen before is pinned, and only then is it.
     *
     * @param exists whether there is a TargetCluster of a name now
     */
    synchronized Optional<ProbeResult.Failed> problem(String cluster, String uid, Predicate<String> exists) {
        if (!UID.matcher(uid).matches()) {
            return Optional.of(ProbeResult.refused(
                    Reason.ClusterChanged, "The UID of its kube-system is no UID, so it can't be told from others"));
        }
        var judgement = stored.book.judge(cluster, uid, exists);
        if (judgement instanceof Judgement.Unpinned) {
            write(book -> book.pinned(cluster, uid, clock.instant().truncatedTo(ChronoUnit.MILLIS)));
        }
        return objection(cluster, uid, judgement);
    }

    /** What speaks against our own cluster under a name. It is never pinned: it is always where it is. */
    Optional<ProbeResult.Failed> objection(String cluster, String own) {
        return objection(cluster, own, stored.book.judge(cluster, own, _ -> false));
    }

    private Optional<ProbeResult.Failed> objection(String cluster, String uid, Judgement judgement) {
        return switch (judgement) {
            case Judgement.Known _, Judgement.Unpinned _ -> Optional.empty();
            case Judgement.Changed changed ->
                Optional.of(ProbeResult.refused(
                        Reason.ClusterChanged,
                        ("It is another cluster than before: the UID of its kube-system was %s and is %s. Nothing is"
                                        + " written to it. If it was replaced, create in namespace %s an Operation"
                                        + " ReplaceCluster with replaceCluster: {cluster: %s, uid: %s}; if not, correct"
                                        + " the kubeconfig")
                                .formatted(changed.expected(), uid, namespace, cluster, uid)));
            case Judgement.Buried buried ->
                Optional.of(ProbeResult.refused(
                        Reason.ClusterTombstoned,
                        ("It is the cluster %s, which was replaced as TargetCluster %s at %s. Nothing is written to it."
                                        + " If it is meant to be used again, create in namespace %s an Operation"
                                        + " ReplaceCluster with replaceCluster: {cluster: %s, uid: %s}")
                                .formatted(
                                        uid,
                                        buried.tombstone().cluster(),
                                        buried.tombstone().since(),
                                        namespace,
                                        cluster,
                                        uid)));
            case Judgement.Taken taken ->
                Optional.of(ProbeResult.refused(
                        Reason.ClusterTaken,
                        ("It is the cluster that TargetCluster %s stands for (%s), and two must not write to one."
                                        + " Delete one of them, or correct the kubeconfig")
                                .formatted(taken.by(), uid)));
        };
    }

    /** The TargetCluster that stands for a cluster already, beside one that would like to. */
    Optional<String> owner(String uid, String besides, Predicate<String> exists) {
        return stored.book.owner(uid, exists).filter(it -> !it.equals(besides));
    }

    /** @return the UID of the cluster that stood there before */
    synchronized Optional<String> replace(String cluster, String uid) {
        var before = Optional.ofNullable(stored.book.pins().get(cluster)).map(PinBook.Pin::uid);
        write(book -> book.replaced(cluster, uid, clock.instant().truncatedTo(ChronoUnit.MILLIS)));
        return before;
    }

    private Stored read() {
        return Optional.ofNullable(client.configMaps()
                        .inNamespace(namespace)
                        .withName(NAME)
                        .get())
                .map(Pins::stored)
                .orElseGet(() -> new Stored(PinBook.EMPTY, Optional.empty()));
    }

    private static Stored stored(ConfigMap map) {
        return new Stored(
                PinBook.of(Optional.ofNullable(map.getData()).orElse(Map.of())),
                Optional.of(map.getMetadata().getResourceVersion()));
    }

    private void write(UnaryOperator<PinBook> change) {
        var map = new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(NAME)
                .withResourceVersion(stored.resourceVersion.orElse(null))
                .endMetadata()
                .withData(change.apply(stored.book).text())
                .build();
        try {
            stored = stored(
                    stored.resourceVersion.isPresent()
                            ? client.resource(map).update()
                            : client.resource(map).create());
        } catch (KubernetesClientException e) {
            switch (e.getCode()) {
                case HttpURLConnection.HTTP_CONFLICT -> stored = read();
                // Somebody deleted it, and what it said is still true: the next write brings it back.
                case HttpURLConnection.HTTP_NOT_FOUND -> stored = new Stored(stored.book, Optional.empty());
                default -> {}
            }
            throw e;
        }
    }
}
