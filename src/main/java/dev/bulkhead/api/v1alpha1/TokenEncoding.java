package dev.bulkhead.api.v1alpha1;

public enum TokenEncoding {
    Base64Url,
    Base64,
    Hex
}
