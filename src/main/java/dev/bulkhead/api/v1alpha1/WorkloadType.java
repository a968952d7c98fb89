package dev.bulkhead.api.v1alpha1;

public enum WorkloadType {
    Stateless,
    Stateful,
    Job,
    CronJob,
    Hook
}
