package dev.bulkhead.cluster.kubeconfig;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The addresses of a host: {@link InetAddress#getAllByName} outside of tests. */
@FunctionalInterface
public interface Resolution {

    InetAddress[] addresses(String host) throws UnknownHostException;
}
