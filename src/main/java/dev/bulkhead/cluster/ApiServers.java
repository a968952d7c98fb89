package dev.bulkhead.cluster;

import dev.bulkhead.cluster.Capabilities.ApiServer;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Where the target's API server listens: workloads that may call it get exactly these addresses. */
final class ApiServers {

    private ApiServers() {}

    static Told<EndpointSlice, List<ApiServer>> watch(KubernetesClient client, Runnable changed) {
        return new Told<>(
                of(client).runnableInformer(0).exceptionHandler((_, _) -> true), ApiServers::addresses, changed);
    }

    /** Asked once. */
    static List<ApiServer> addresses(KubernetesClient client) {
        return addresses(of(client).list().getItems());
    }

    private static FilterWatchListDeletable<EndpointSlice, EndpointSliceList, Resource<EndpointSlice>> of(
            KubernetesClient client) {
        return client.discovery()
                .v1()
                .endpointSlices()
                .inNamespace("default")
                .withLabel("kubernetes.io/service-name", "kubernetes");
    }

    private static List<ApiServer> addresses(List<EndpointSlice> slices) {
        return slices.stream()
                .flatMap(ApiServers::addresses)
                .distinct()
                .sorted(Comparator.comparing(ApiServer::address).thenComparing(ApiServer::port))
                .toList();
    }

    private static Stream<ApiServer> addresses(EndpointSlice slice) {
        return slice.getEndpoints().stream()
                .flatMap(endpoint -> endpoint.getAddresses().stream())
                .flatMap(address -> slice.getPorts().stream().map(port -> new ApiServer(address, port.getPort())));
    }
}
