package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

@Wire
@ValidationRule(
        value = "has(self.local) != has(self.kubeconfig)",
        message = "say where the cluster is, and once: local: {} is the operator's own, kubeconfig any other")
@ValidationRule(
        value = "has(self.local) == has(oldSelf.local)",
        message = "what stands for the operator's own cluster can't stand for another, or the other way round: its"
                + " environments would be left behind. Create another TargetCluster")
public record TargetClusterSpec(
        @JsonPropertyDescription("The cluster that the operator runs in.") @Nullable
        LocalCluster local,

        @JsonPropertyDescription("A cluster elsewhere, and how it is reached: docs/target-clusters.md says what a"
                + " kubeconfig may hold.")
        @Nullable
        KubeconfigSource kubeconfig,

        @JsonPropertyDescription("The trust anchor and the issuer of Linkerd in this cluster, which are then made and"
                + " rotated here. Without it nothing of the mesh is read or written.")
        @Nullable
        MeshIdentity meshIdentity) {

    public TargetClusterSpec(@Nullable LocalCluster local, @Nullable KubeconfigSource kubeconfig) {
        this(local, kubeconfig, null);
    }
}
