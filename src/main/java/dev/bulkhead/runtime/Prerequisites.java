package dev.bulkhead.runtime;

import dev.bulkhead.api.v1alpha1.CustomResources;
import dev.bulkhead.cluster.Right;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.VersionInfo;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a cluster has to bring before the operator can work in it; each lack says what to do about it. */
final class Prerequisites {

    /** The rules of our kinds use functions for CIDRs that API servers have since then. */
    private static final int OLDEST_MINOR = 31;

    private static final String OURS = "bulkhead.dev/v1alpha1";

    private final KubernetesClient client;

    Prerequisites(KubernetesClient client) {
        this.client = client;
    }

    /** What is in the way of a start, each as a sentence; empty when nothing is. */
    List<String> missing() {
        try {
            return Stream.<Supplier<Optional<String>>>of(
                            () -> tooOld(client.getKubernetesVersion()),
                            this::kinds,
                            () -> rights(HubRights.toBegin(), "It doesn't begin without"))
                    .map(Supplier::get)
                    .flatMap(Optional::stream)
                    .toList();
        } catch (RuntimeException e) {
            return List.of("The API server doesn't answer: %s. Check its address, the network, and the token."
                    .formatted(e.getMessage()));
        }
    }

    /** What will be refused later, if nobody grants it. */
    Optional<String> incomplete() {
        return rights(HubRights.toWork(), "What needs it will be refused");
    }

    static Optional<String> tooOld(VersionInfo version) {
        var minor = version.getMinor().replaceAll("\\D.*", "");
        return version.getMajor().equals("1") && !minor.isEmpty() && Integer.parseInt(minor) < OLDEST_MINOR
                ? Optional.of("Kubernetes %s is too old: Bulkhead needs 1.%d or newer. Upgrade the cluster."
                        .formatted(version.getGitVersion(), OLDEST_MINOR))
                : Optional.empty();
    }

    private Optional<String> kinds() {
        var found = Optional.ofNullable(client.getApiResources(OURS)).stream()
                .flatMap(it -> it.getResources().stream())
                .map(APIResource::getName)
                .collect(Collectors.toSet());
        var lacking = CustomResources.plurals().collect(Collectors.toCollection(TreeSet::new));
        lacking.removeAll(found);
        return lacking.isEmpty()
                ? Optional.empty()
                : Optional.of("The cluster doesn't know %s of %s. Apply crds/, or install the chart with crds.install."
                        .formatted(String.join(", ", lacking), OURS));
    }

    private Optional<String> rights(List<Right> needed, String consequence) {
        var lacking = Right.lacking(client, needed);
        return lacking.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "The operator's account may not, in all namespaces: %s. %s: grant it in a ClusterRole as in the chart's templates/rbac.yaml."
                                .formatted(Right.inWords(lacking), consequence));
    }
}
