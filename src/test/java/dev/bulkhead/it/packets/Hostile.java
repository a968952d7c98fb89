package dev.bulkhead.it.packets;

import java.util.List;

/**
 * A NetworkPolicy that a stranger thought up.
 *
 * @param says what is peculiar about it
 * @param spec as YAML in one line
 */
record Hostile(String says, String namespace, String spec) {

    static List<Hostile> all(String web, String data, String neighbours) {
        return List.of(
                new Hostile(
                        "all pods, to and from everywhere",
                        web,
                        "{podSelector: {}, policyTypes: [Ingress, Egress], ingress: [{}], egress: [{}]}"),
                new Hostile(
                        "a port name that nobody has, from pods",
                        web,
                        "{podSelector: {}, policyTypes: [Ingress],"
                                + " ingress: [{from: [{namespaceSelector: {}}], ports: [{port: nobodys}]}]}"),
                new Hostile(
                        "a port name that nobody has, to pods",
                        data,
                        "{podSelector: {}, policyTypes: [Egress],"
                                + " egress: [{to: [{namespaceSelector: {}}], ports: [{port: nobodys}]}]}"),
                new Hostile(
                        "a port name, from anybody",
                        data,
                        "{podSelector: {}, policyTypes: [Ingress], ingress: [{ports: [{port: http}]}]}"),
                new Hostile(
                        "a port name of another protocol, from pods",
                        web,
                        "{podSelector: {}, policyTypes: [Ingress],"
                                + " ingress: [{from: [{namespaceSelector: {}}], ports: [{port: http, protocol: UDP}]}]}"),
                new Hostile(
                        "a port name, to anybody",
                        web,
                        "{podSelector: {}, policyTypes: [Egress], egress: [{ports: [{port: http}]}]}"),
                new Hostile(
                        "a port name, to addresses",
                        data,
                        "{podSelector: {}, policyTypes: [Egress],"
                                + " egress: [{to: [{ipBlock: {cidr: 10.42.0.0/24}}], ports: [{port: http}]}]}"),
                new Hostile(
                        "a port name, from addresses",
                        data,
                        "{podSelector: {}, policyTypes: [Ingress],"
                                + " ingress: [{from: [{ipBlock: {cidr: 10.42.0.0/24}}], ports: [{port: http}]}]}"),
                new Hostile(
                        "both ways, but only out to each other",
                        web,
                        "{podSelector: {}, policyTypes: [Ingress, Egress], egress: [{to: [{podSelector: {}}]}]}"),
                new Hostile(
                        "both ways, but only in from each other",
                        data,
                        "{podSelector: {}, policyTypes: [Ingress, Egress], ingress: [{from: [{podSelector: {}}]}]}"),
                new Hostile(
                        "a hole in one block that another block covers",
                        data,
                        "{podSelector: {}, policyTypes: [Ingress], ingress: [{from: ["
                                + "{ipBlock: {cidr: 10.42.0.0/24, except: [10.42.0.4/30]}},"
                                + " {ipBlock: {cidr: 10.42.0.0/25}}]}]}"),
                new Hostile(
                        "everywhere but the pods",
                        neighbours,
                        "{podSelector: {}, policyTypes: [Egress],"
                                + " egress: [{to: [{ipBlock: {cidr: 0.0.0.0/0, except: [10.42.0.0/16]}}]}]}"),
                new Hostile(
                        "the Services' addresses, which no packet has any more",
                        neighbours,
                        "{podSelector: {}, policyTypes: [Egress],"
                                + " egress: [{to: [{ipBlock: {cidr: 10.43.0.0/16}}]}]}"),
                new Hostile(
                        "pods on the node's own network, as pods",
                        neighbours,
                        "{podSelector: {matchLabels: {app: on-node}}, policyTypes: [Ingress, Egress]}"),
                new Hostile(
                        "egress without a type that says so",
                        neighbours,
                        "{podSelector: {}, egress: [{ports: [{protocol: TCP, port: 7000, endPort: 7100}]}],"
                                + " ingress: [{}]}"));
    }

    String yaml(int number) {
        return """
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: hostile-%d, namespace: %s}
                spec: %s
                """.formatted(number, namespace, spec);
    }
}
