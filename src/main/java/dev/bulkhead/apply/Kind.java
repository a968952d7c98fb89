package dev.bulkhead.apply;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Arrays;
import java.util.Optional;

/**
 * Every kind that the operator writes to a target cluster. A kind that isn't here can't be written, pruned or watched:
 * this list, not the text of a custom resource, decides what is namespaced (the deputy rule).
 */
public enum Kind {
    NAMESPACE("", "v1", "Namespace", "namespaces", Scope.CLUSTER, Concern.COMPUTE),
    SERVICE_ACCOUNT("", "v1", "ServiceAccount", "serviceaccounts", Scope.NAMESPACED, Concern.COMPUTE),
    RESOURCE_QUOTA("", "v1", "ResourceQuota", "resourcequotas", Scope.NAMESPACED, Concern.COMPUTE),
    LIMIT_RANGE("", "v1", "LimitRange", "limitranges", Scope.NAMESPACED, Concern.COMPUTE),
    CONFIG_MAP("", "v1", "ConfigMap", "configmaps", Scope.NAMESPACED, Concern.COMPUTE),
    SECRET("", "v1", "Secret", "secrets", Scope.NAMESPACED, Concern.SECRETS),
    SERVICE("", "v1", "Service", "services", Scope.NAMESPACED, Concern.COMPUTE),
    ROLE_BINDING("rbac.authorization.k8s.io", "v1", "RoleBinding", "rolebindings", Scope.NAMESPACED, Concern.ACCESS),
    NETWORK_POLICY("networking.k8s.io", "v1", "NetworkPolicy", "networkpolicies", Scope.NAMESPACED, Concern.NETWORK),
    DEPLOYMENT("apps", "v1", "Deployment", "deployments", Scope.NAMESPACED, Concern.COMPUTE),
    STATEFUL_SET("apps", "v1", "StatefulSet", "statefulsets", Scope.NAMESPACED, Concern.COMPUTE),
    JOB("batch", "v1", "Job", "jobs", Scope.NAMESPACED, Concern.COMPUTE),
    CRON_JOB("batch", "v1", "CronJob", "cronjobs", Scope.NAMESPACED, Concern.COMPUTE),
    POD_DISRUPTION_BUDGET(
            "policy", "v1", "PodDisruptionBudget", "poddisruptionbudgets", Scope.NAMESPACED, Concern.COMPUTE),
    HORIZONTAL_POD_AUTOSCALER(
            "autoscaling",
            "v2",
            "HorizontalPodAutoscaler",
            "horizontalpodautoscalers",
            Scope.NAMESPACED,
            Concern.COMPUTE),
    SERVER(Group.LINKERD, "v1beta3", "Server", "servers"),
    MESH_TLS_AUTHENTICATION(Group.LINKERD, "v1alpha1", "MeshTLSAuthentication", "meshtlsauthentications"),
    NETWORK_AUTHENTICATION(Group.LINKERD, "v1alpha1", "NetworkAuthentication", "networkauthentications"),
    AUTHORIZATION_POLICY(Group.LINKERD, "v1alpha1", "AuthorizationPolicy", "authorizationpolicies"),
    HTTP_LOCAL_RATE_LIMIT_POLICY(Group.LINKERD, "v1alpha1", "HTTPLocalRateLimitPolicy", "httplocalratelimitpolicies"),
    EGRESS_NETWORK(Group.LINKERD, "v1alpha1", "EgressNetwork", "egressnetworks"),
    HTTP_ROUTE(Group.GATEWAY_API, "v1", "HTTPRoute", "httproutes"),
    TLS_ROUTE(Group.GATEWAY_API, "v1", "TLSRoute", "tlsroutes"),
    /** Of clusters whose Gateway API is older than 1.5, and has no other. */
    TLS_ROUTE_ALPHA(Group.GATEWAY_API, "v1alpha2", "TLSRoute", "tlsroutes"),
    CANARY("flagger.app", "v1beta1", "Canary", "canaries"),
    EXTERNAL_SECRET(
            "external-secrets.io", "v1", "ExternalSecret", "externalsecrets", Scope.NAMESPACED, Concern.SECRETS, true),
    CERTIFICATE("cert-manager.io", "v1", "Certificate", "certificates", Scope.NAMESPACED, Concern.SECRETS, true);

    /** Where the objects of a kind live. */
    public enum Scope {
        CLUSTER,
        NAMESPACED
    }

    private static final class Group {
        static final String LINKERD = "policy.linkerd.io";
        static final String GATEWAY_API = "gateway.networking.k8s.io";
    }

    private final String group;
    private final String version;
    private final String kind;
    private final String plural;
    private final Scope scope;
    private final Concern concern;
    private final boolean added;

    Kind(String group, String version, String kind, String plural, Scope scope, Concern concern) {
        this(group, version, kind, plural, scope, concern, false);
    }

    /** What somebody has to add to a cluster; all of it is about who talks to whom. */
    Kind(String group, String version, String kind, String plural) {
        this(group, version, kind, plural, Scope.NAMESPACED, Concern.NETWORK, true);
    }

    Kind(String group, String version, String kind, String plural, Scope scope, Concern concern, boolean added) {
        this.group = group;
        this.version = version;
        this.kind = kind;
        this.plural = plural;
        this.scope = scope;
        this.concern = concern;
        this.added = added;
    }

    public static Kind of(HasMetadata object) {
        return Arrays.stream(values())
                .filter(kind ->
                        kind.kind.equals(object.getKind()) && kind.apiVersion().equals(object.getApiVersion()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "The operator never writes %s %s".formatted(object.getApiVersion(), object.getKind())));
    }

    public String group() {
        return group;
    }

    public String version() {
        return version;
    }

    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** The name as it stands in a manifest, for example {@code NetworkPolicy}. */
    public String kind() {
        return kind;
    }

    /** The name as it stands in a URL, for example {@code networkpolicies}. */
    public String plural() {
        return plural;
    }

    public Scope scope() {
        return scope;
    }

    public Concern concern() {
        return concern;
    }

    /** Whether it isn't of Kubernetes itself, so that most clusters don't know it and lack nothing. */
    public boolean isAdded() {
        return added;
    }

    /** Another version of the same kind, which goes before this one where both are served. */
    public Optional<Kind> newer() {
        return this == TLS_ROUTE_ALPHA ? Optional.of(TLS_ROUTE) : Optional.empty();
    }
}
