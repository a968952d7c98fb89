package dev.bulkhead.api.v1alpha1;

public enum OnLoss {
    Fail,
    Regenerate
}
