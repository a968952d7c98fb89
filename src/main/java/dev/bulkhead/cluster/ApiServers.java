package dev.bulkhead.cluster;

import dev.bulkhead.cluster.Capabilities.ApiServer;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** Where the target's API server listens, kept current: workloads that may call it get exactly these addresses. */
final class ApiServers implements AutoCloseable, ResourceEventHandler<EndpointSlice> {

    private final SharedIndexInformer<EndpointSlice> slices;
    private final AtomicReference<List<ApiServer>> addresses = new AtomicReference<>(List.of());
    private final Runnable changed;

    ApiServers(KubernetesClient client, Runnable changed) {
        this.changed = changed;
        this.slices = of(client).runnableInformer(0).exceptionHandler((_, _) -> true);
    }

    static FilterWatchListDeletable<EndpointSlice, EndpointSliceList, Resource<EndpointSlice>> of(
            KubernetesClient client) {
        return client.discovery()
                .v1()
                .endpointSlices()
                .inNamespace("default")
                .withLabel("kubernetes.io/service-name", "kubernetes");
    }

    void start() {
        FirstLists.await(slices.start().toCompletableFuture().orTimeout(60, TimeUnit.SECONDS));
        addresses.set(read());
        slices.addEventHandler(this);
    }

    List<ApiServer> addresses() {
        return addresses.get();
    }

    private List<ApiServer> read() {
        return addresses(slices.getStore().list());
    }

    static List<ApiServer> addresses(List<EndpointSlice> slices) {
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

    private void look() {
        var now = read();
        if (!now.equals(addresses.getAndSet(now))) {
            changed.run();
        }
    }

    @Override
    public void onAdd(EndpointSlice slice) {
        look();
    }

    @Override
    public void onUpdate(EndpointSlice before, EndpointSlice after) {
        look();
    }

    @Override
    public void onDelete(EndpointSlice slice, boolean unknown) {
        look();
    }

    @Override
    public void close() {
        slices.close();
    }
}
