package dev.bulkhead.apply;

import java.util.Map;

/**
 * What is kept in memory of an object in a target cluster: enough to see that it is as we left it, and how it is, and
 * nothing of its content. A few hundred bytes, where the object would be twenty thousand.
 *
 * @param labels those that say whose it is
 * @param digest over the fields that we own; empty when we own none
 * @param otherManager the field manager that wrote last and isn't us; empty when nobody did
 */
public record Observation(
        Ref ref,
        String uid,
        long resourceVersion,
        Map<String, String> labels,
        String digest,
        Health health,
        String otherManager) {

    public EnvironmentId environment() {
        return new EnvironmentId(
                labels.getOrDefault(Ownership.HUB_NAMESPACE, ""), labels.getOrDefault(Ownership.ENVIRONMENT, ""));
    }

    /** Whether it is a namespace that stays because of its data, though nothing plans it. */
    public boolean isKept() {
        return "true".equals(labels.get(Ownership.KEPT));
    }

    /** Whether an environment would have to look again after this replaced {@code before}. */
    public boolean differsFrom(Observation before) {
        return !uid.equals(before.uid)
                || !digest.equals(before.digest)
                || !labels.equals(before.labels)
                || !health.equals(before.health);
    }
}
