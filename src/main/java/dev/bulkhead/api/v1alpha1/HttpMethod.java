package dev.bulkhead.api.v1alpha1;

/** As they stand in a request, and in a route of the Gateway API. */
public enum HttpMethod {
    GET,
    HEAD,
    POST,
    PUT,
    DELETE,
    CONNECT,
    OPTIONS,
    TRACE,
    PATCH
}
