package dev.bulkhead.api.v1alpha1;

/** The stronger first. */
public enum Transport {
    MutualTLS,
    Plain
}
