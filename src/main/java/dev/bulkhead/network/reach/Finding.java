package dev.bulkhead.network.reach;

import dev.bulkhead.network.reach.Endpoint.Listening;

/** Something that makes the perimeter weaker than it looks. */
public sealed interface Finding {

    /** What is wrong, where, and what to do. */
    String message();

    /** The mesh can't tell the two apart, so that what is opened for one is open for the other. */
    record SharedAccount(Endpoint listed, Endpoint unlisted) implements Finding {
        @Override
        public String message() {
            return ("%s may call others, and %s, which may not, has the same ServiceAccount %s: the mesh can't tell them apart."
                            + " Give each its own.")
                    .formatted(listed, unlisted, listed.serviceAccount());
        }
    }

    record DefaultAccount(Endpoint endpoint) implements Finding {
        @Override
        public String message() {
            return ("%s may call others, and has the ServiceAccount default, which every pod of its namespace gets that"
                            + " names none. Give it its own.")
                    .formatted(endpoint);
        }
    }

    /** Linkerd takes the oldest Server of a port and passes over the others. */
    record ShadowedServer(Endpoint endpoint, int port, String shadowed, String older) implements Finding {
        @Override
        public String message() {
            return "Server %s means nothing for port %d of %s, because the older Server %s has it. Remove the older one."
                    .formatted(shadowed, port, endpoint, older);
        }
    }

    record ProfiledService(String namespace, String name) implements Finding {
        @Override
        public String message() {
            return ("ServiceProfile %s in %s makes Linkerd ignore routes, retries, timeouts and circuit breaking of that"
                            + " Service. Remove it.")
                    .formatted(name, namespace);
        }
    }

    record Unmeshed(Endpoint endpoint) implements Finding {
        @Override
        public String message() {
            return ("%s has no proxy, in a namespace where others have: the mesh enforces nothing for it. Restart its pods,"
                            + " or, if it is to be without, count on its NetworkPolicies alone.")
                    .formatted(endpoint);
        }
    }

    record SkippedInbound(Endpoint endpoint, Listening port) implements Finding {
        @Override
        public String message() {
            return "%s keeps port %s from its proxy by skip-inbound-ports: the mesh enforces nothing there. Take it out."
                    .formatted(endpoint, port.inWords());
        }
    }

    record SkippedOutbound(Intent intent) implements Finding {
        @Override
        public String message() {
            return ("%s calls %s on %s past its proxy by skip-outbound-ports: the callee sees a caller without an identity."
                            + " Take it out.")
                    .formatted(intent.from().inWords(), intent.to().inWords(), intent.ports());
        }
    }

    record OnNode(Endpoint endpoint) implements Finding {
        @Override
        public String message() {
            return ("%s is on its node's network: no NetworkPolicy holds for it, and those of other pods on that node let it"
                            + " in. Take hostNetwork away.")
                    .formatted(endpoint);
        }
    }

    record UndeclaredPort(Endpoint endpoint, Intent intent) implements Finding {
        @Override
        public String message() {
            return ("%s is to be called on %s by %s, and no container of it declares that port. Declare it, or take the edge"
                            + " away.")
                    .formatted(endpoint, intent.ports(), intent.from().inWords());
        }
    }

    record OpenProbe(Endpoint endpoint, int port) implements Finding {
        @Override
        public String message() {
            return ("%s is probed with GET / on port %d, so that the mesh lets everybody have that page whose packets"
                            + " arrive. Probe a path of its own, such as /healthz.")
                    .formatted(endpoint, port);
        }
    }

    /** kube-router takes one number for a name, for all the pods that a rule is about. */
    record AmbiguousPort(String namespace, String policy, String port) implements Finding {
        @Override
        public String message() {
            return ("NetworkPolicy %s in %s names port %s, which isn't the same number in all pods that it is about: the"
                            + " cluster's kube-router opens one of them, by chance. Write the numbers.")
                    .formatted(policy, namespace, port);
        }
    }
}
