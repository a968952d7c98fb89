package dev.bulkhead.network.reach;

import dev.bulkhead.api.v1alpha1.Transport;
import dev.bulkhead.network.reach.Who.Someone;

/**
 * That somebody wanted an edge.
 *
 * @param ports as the callee's containers listen on them
 * @param transport MutualTLS: the mesh has to prove both ends
 * @param requests all, where HTTP isn't restricted
 */
public record Intent(Who from, Who to, PortSet ports, Transport transport, Requests requests) {

    /** Between two that the matrix knows by these ids, whatever is spoken. */
    public static Intent between(String from, String to, PortSet ports, Transport transport) {
        return new Intent(new Someone(from), new Someone(to), ports, transport, Requests.ALL);
    }

    /** The same for some HTTP requests only. */
    public Intent only(Requests some) {
        return new Intent(from, to, ports, transport, some);
    }

    boolean means(Edge edge) {
        return from.means(edge.from()) && to.means(edge.to());
    }

    /** Whether an edge is what was wanted, or a part of it. */
    boolean asksFor(Edge edge) {
        return ports.meets(edge.ports()) && means(edge);
    }

    Access access() {
        return requests.isAll() ? Access.ALL : Access.only(requests);
    }

    @Override
    public String toString() {
        return "%s -> %s: %s".formatted(from.inWords(), to.inWords(), (ports + " " + access().inWords()).strip());
    }
}
