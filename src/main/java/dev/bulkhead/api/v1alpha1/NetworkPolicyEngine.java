package dev.bulkhead.api.v1alpha1;

/** Who enforces NetworkPolicies. Only what has an API of its own can be told. */
public enum NetworkPolicyEngine {
    Antrea,
    AwsVpcCni,
    Calico,
    Cilium,
    OvnKubernetes,
    Unknown
}
