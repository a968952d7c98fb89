package dev.bulkhead.api.v1alpha1;

/** Who enforces NetworkPolicies, where an API of its own, or K3s, tells. */
public enum NetworkPolicyEngine {
    Antrea,
    AwsVpcCni,
    Calico,
    Cilium,
    KubeRouter,
    OvnKubernetes,
    Unknown
}
