package dev.bulkhead.api.v1alpha1;

public enum Protocol {
    TCP,
    UDP,
    SCTP
}
