package dev.bulkhead.api.v1alpha1;

/** Kubernetes writes these in lower case, and so do users. */
public enum PodSecurity {
    privileged,
    baseline,
    restricted
}
