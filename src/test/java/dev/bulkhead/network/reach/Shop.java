package dev.bulkhead.network.reach;

import dev.bulkhead.api.v1alpha1.Protocol;
import dev.bulkhead.api.v1alpha1.Transport;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A closed namespace with a web and an api, both meshed, and what tests add to it. */
final class Shop {

    static final Intent WEB_CALLS_API = Intent.between("shop/web", "shop/api", tcp(8080), Transport.MutualTLS);

    private static final String PERIMETER = """
            apiVersion: v1
            kind: Namespace
            metadata: {name: shop, annotations: {linkerd.io/inject: enabled, config.linkerd.io/default-inbound-policy: deny}}
            ---
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {namespace: shop, name: deny-all}
            spec: {podSelector: {}, policyTypes: [Ingress, Egress]}
            ---
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {namespace: shop, name: web-to-api}
            spec: {podSelector: {matchLabels: {app: web}}, policyTypes: [Egress], egress: [{to: [{podSelector: {matchLabels: {app: api}}}], ports: [{port: 8080}, {port: 4143}]}]}
            ---
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {namespace: shop, name: api-from-web}
            spec: {podSelector: {matchLabels: {app: api}}, policyTypes: [Ingress], ingress: [{from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: 8080}, {port: 4143}]}]}
            """;

    static final String API_LETS_WEB_IN = """
            apiVersion: policy.linkerd.io/v1beta3
            kind: Server
            metadata: {namespace: shop, name: api-http}
            spec: {podSelector: {matchLabels: {app: api}}, port: http, proxyProtocol: HTTP/1, accessPolicy: deny}
            ---
            apiVersion: policy.linkerd.io/v1alpha1
            kind: AuthorizationPolicy
            metadata: {namespace: shop, name: api-from-web}
            spec: {targetRef: {group: policy.linkerd.io, kind: Server, name: api-http}, requiredAuthenticationRefs: [{kind: ServiceAccount, name: web}]}
            """;

    private Shop() {}

    static PortSet tcp(int port) {
        return PortSet.of(Protocol.TCP, port);
    }

    /** A workload whose pods have a label of its name, and a ServiceAccount of its name. */
    static String workload(String name, String spec) {
        return workload(name, "{}", spec);
    }

    static String workload(String name, String annotations, String spec) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {namespace: shop, name: %1$s}
                spec: {template: {metadata: {labels: {app: %1$s}, annotations: %2$s}, spec: %3$s}}
                """.formatted(name, annotations, spec);
    }

    static String container(String name) {
        return "{serviceAccountName: %1$s, containers: [{name: %1$s, ports: [{name: http, containerPort: 8080}]}]}"
                .formatted(name);
    }

    static World usual(String... more) {
        return with(Stream.concat(
                        Stream.of(
                                workload("web", container("web")), workload("api", container("api")), API_LETS_WEB_IN),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    static World with(String... objects) {
        List<HasMetadata> all = new ArrayList<>(Objects.yaml(PERIMETER));
        all.addAll(Objects.yaml(objects));
        return World.of(all, Facts.USUAL);
    }
}
