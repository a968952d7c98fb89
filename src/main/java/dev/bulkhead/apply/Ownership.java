package dev.bulkhead.apply;

import java.util.Map;

/**
 * Whose an object is. Written as labels on every object of an environment, so that one selector finds them all; the UID
 * stands beside it as an annotation, because the same name may come back as another environment.
 *
 * @param hubId which hub, so that two of them can share one target
 * @param uid of the Environment
 */
public record Ownership(String hubId, EnvironmentId environment, String uid) {

    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    public static final String MANAGER = "bulkhead";
    public static final String HUB = "bulkhead.dev/hub";
    public static final String HUB_NAMESPACE = "bulkhead.dev/hub-namespace";
    public static final String ENVIRONMENT = "bulkhead.dev/environment";
    /** On pods, and in the selectors of what runs them: the name of their workload. */
    public static final String WORKLOAD = "bulkhead.dev/workload";

    /** On pods, and on the templates they are made of: one word for all secret values that they were started with. */
    public static final String SECRET_VERSION = "bulkhead.dev/secret-version";

    /** On a namespace that nothing plans any more, and that stays because it holds data. */
    public static final String KEPT = "bulkhead.dev/kept";

    /** On a vault, and on all that is in it: ours too, but no environment's object, so no plan finds it missing. */
    public static final String VAULT = "bulkhead.dev/vault";

    /**
     * On a Secret that another operator makes because we asked for it. It is theirs, and so carries none of the labels that
     * say whose an object is.
     */
    public static final String BROUGHT = "bulkhead.dev/brought";

    /** The role, and the name of its binding, by which the operator may do what it does with Secrets in a namespace. */
    public static final String OPERATOR_ROLE = "bulkhead-operator-namespaced";

    public static final String UID = "bulkhead.dev/environment-uid";

    /** Whether a label or annotation says whose an object is, and nothing else. */
    public static boolean isOurs(String key) {
        return key.equals(MANAGED_BY) || key.startsWith("bulkhead.dev/");
    }

    public Map<String, String> labels() {
        return Map.of(
                MANAGED_BY,
                MANAGER,
                HUB,
                hubId,
                HUB_NAMESPACE,
                environment.namespace(),
                ENVIRONMENT,
                environment.name());
    }

    public Map<String, String> annotations() {
        return Map.of(UID, uid);
    }

    /** Whether an object with these labels belongs to this environment of this hub. */
    public boolean owns(Map<String, String> objectLabels) {
        return labels().entrySet().stream()
                .allMatch(label -> label.getValue().equals(objectLabels.get(label.getKey())));
    }
}
