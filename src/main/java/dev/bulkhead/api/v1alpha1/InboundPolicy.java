package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The values of Linkerd's annotation {@code config.linkerd.io/default-inbound-policy}. */
public enum InboundPolicy {
    @JsonProperty("all-unauthenticated")
    ALL_UNAUTHENTICATED("all-unauthenticated"),
    @JsonProperty("all-authenticated")
    ALL_AUTHENTICATED("all-authenticated"),
    @JsonProperty("cluster-unauthenticated")
    CLUSTER_UNAUTHENTICATED("cluster-unauthenticated"),
    @JsonProperty("cluster-authenticated")
    CLUSTER_AUTHENTICATED("cluster-authenticated"),
    @JsonProperty("deny")
    DENY("deny"),
    @JsonProperty("audit")
    AUDIT("audit");

    private final String value;

    InboundPolicy(String value) {
        this.value = value;
    }

    public String value() {
        return value;
    }
}
