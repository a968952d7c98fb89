package dev.bulkhead.network.reach;

import dev.bulkhead.api.v1alpha1.Protocol;
import inet.ipaddr.IPAddressSeqRange;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Pods that are alike: those of one workload.
 *
 * @param labels those of the pods, with the one that the injector adds
 * @param ports what its containers say that they listen on, the proxy's included
 * @param probes the requests by which the kubelet asks whether it is well
 * @param addresses empty: anywhere among the pods
 */
public record Endpoint(
        String namespace,
        String name,
        Map<String, String> labels,
        String serviceAccount,
        List<Listening> ports,
        List<Probing> probes,
        Proxy proxy,
        boolean hostNetwork,
        List<IPAddressSeqRange> addresses)
        implements Party {

    /** A port that a container declares. */
    public record Listening(String name, Protocol protocol, int port) {

        PortSet set() {
            return PortSet.of(protocol, port);
        }

        /** As people say it: {@code http (8080)}. */
        public String inWords() {
            var number = protocol == Protocol.TCP ? Integer.toString(port) : protocol + " " + port;
            return name.isEmpty() ? number : "%s (%s)".formatted(name, number);
        }
    }

    /**
     * A request of the kubelet's.
     *
     * @param authorized whether Linkerd lets it through by itself: it sees probes by httpGet, and neither those by gRPC nor
     *     where the answer to one redirects
     */
    public record Probing(int port, String method, String path, boolean authorized) {

        /** Where the answer to a probe leads, which no pod template says. */
        public static Probing redirected(int port, String path) {
            return new Probing(port, "GET", path, false);
        }

        Requests requests() {
            return Requests.exact(method, path);
        }
    }

    public Endpoint {
        labels = Map.copyOf(labels);
        ports = List.copyOf(ports);
        probes = List.copyOf(probes);
        addresses = List.copyOf(addresses);
    }

    @Override
    public String id() {
        return namespace + "/" + name;
    }

    @Override
    public boolean onNode() {
        return hostNetwork;
    }

    public boolean meshed() {
        return proxy.present();
    }

    /** A name may stand for several ports, as each container declares its own. */
    PortSet named(Protocol protocol, String name) {
        return PortSet.union(ports.stream()
                .filter(port -> port.protocol() == protocol && port.name().equals(name))
                .map(Listening::set)
                .toList());
    }

    /** Without those of the proxy, which are not the workload's. */
    public Stream<Listening> ownPorts() {
        return ports.stream().filter(port -> !meshed() || !Proxy.OWN.contains(port.protocol(), port.port()));
    }

    Endpoint as(String other, List<IPAddressSeqRange> theirs) {
        return new Endpoint(namespace, other, labels, serviceAccount, ports, probes, proxy, hostNetwork, theirs);
    }

    Endpoint asked(List<Probing> more) {
        var all = Stream.concat(probes.stream(), more.stream()).distinct().toList();
        return new Endpoint(namespace, name, labels, serviceAccount, ports, all, proxy, hostNetwork, addresses);
    }

    PortSet declared() {
        return PortSet.union(ports.stream().map(Listening::set).toList());
    }

    Requests probed(int port) {
        return probes.stream()
                .filter(probe -> probe.port() == port)
                .map(Probing::requests)
                .reduce(Requests.NONE, Requests::or);
    }

    @Override
    public String toString() {
        return id();
    }
}
