package dev.bulkhead.network.reach;

import dev.bulkhead.api.v1alpha1.Transport;

/**
 * That somebody wanted an edge.
 *
 * @param from the id of who calls
 * @param to the id of who is called
 * @param ports as the callee's containers listen on them
 * @param transport MutualTLS: the mesh has to prove both ends
 * @param requests all, where HTTP isn't restricted
 */
public record Intent(String from, String to, PortSet ports, Transport transport, Requests requests) {

    Access access() {
        return requests.isAll() ? Access.ALL : Access.only(requests);
    }

    @Override
    public String toString() {
        return "%s -> %s: %s".formatted(from, to, (ports + " " + access().inWords()).strip());
    }
}
