package dev.bulkhead.environment.pillar;

import dev.bulkhead.api.v1alpha1.HttpProbe;
import dev.bulkhead.api.v1alpha1.Probe;
import dev.bulkhead.api.v1alpha1.WorkloadSpec;
import dev.bulkhead.network.RequestMatch;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The requests by which the kubelet asks one port of a workload whether it is well. It has no proxy, and comes from any
 * address, so that they are open to everybody.
 */
record ProbeRequests(WorkloadSpec spec, int containerPort) {

    private static final RequestMatch GRPC = RequestMatch.exactly("POST", "/grpc.health.v1.Health/Check");

    Stream<RequestMatch> all() {
        return Stream.of(http().map(HttpProbe::path).map(ProbeRequests::get), redirected(), grpc())
                .flatMap(requests -> requests);
    }

    /** What the kubelet is sent to by the answer to a probe. */
    Stream<RequestMatch> redirected() {
        return http().flatMap(probe -> probe.redirectsTo().stream()).map(ProbeRequests::get);
    }

    /** Whether the mesh lets them through by itself: it knows GET on the very path of a probe. */
    boolean goByThemselves() {
        return grpc().findAny().isEmpty() && redirected().findAny().isEmpty();
    }

    private Stream<HttpProbe> http() {
        return asked(Probe::httpGet).filter(probe -> isHere(probe.port()));
    }

    private Stream<RequestMatch> grpc() {
        return asked(Probe::grpc).filter(probe -> isHere(probe.port())).map(_ -> GRPC);
    }

    /** Routes know no queries. */
    private static RequestMatch get(String path) {
        return RequestMatch.exactly("GET", path.replaceFirst("[?].*", ""));
    }

    private <T> Stream<T> asked(Function<Probe, T> how) {
        return Optional.ofNullable(spec.probes()).stream()
                .flatMap(probes -> Stream.of(
                        Optional.ofNullable(probes.startup()),
                        Optional.ofNullable(probes.readiness()),
                        Optional.ofNullable(probes.liveness())))
                .flatMap(Optional::stream)
                .map(how)
                .filter(Objects::nonNull);
    }

    private boolean isHere(String port) {
        return spec.ports().stream().anyMatch(it -> it.name().equals(port) && it.containerPort() == containerPort);
    }
}
