package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;

/** The cluster that the operator runs in. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record LocalCluster() {}
