package dev.bulkhead.apply;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Arrays;

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
            Concern.COMPUTE);

    /** Where the objects of a kind live. */
    public enum Scope {
        CLUSTER,
        NAMESPACED
    }

    private final String group;
    private final String version;
    private final String kind;
    private final String plural;
    private final Scope scope;
    private final Concern concern;

    Kind(String group, String version, String kind, String plural, Scope scope, Concern concern) {
        this.group = group;
        this.version = version;
        this.kind = kind;
        this.plural = plural;
        this.scope = scope;
        this.concern = concern;
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
}
