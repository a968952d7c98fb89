package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Wire
public record TargetClusterStatus(
        @JsonPropertyDescription("The generation of the spec that this status speaks of; -1: none yet.") @Nullable
        Long observedGeneration,

        @JsonPropertyDescription("Exactly one of Ready=True, Reconciling=True and Stalled=True holds. Reachable,"
                + " Authorized, Capable and Fenced say it of one part each.")
        List<Condition> conditions,

        @JsonPropertyDescription("The Kubernetes version of the cluster.") @Nullable
        String version,

        @JsonPropertyDescription(
                "The UID of its kube-system namespace: a cluster that was replaced under the same address is"
                        + " noticed by it.")
        @Nullable
        String uid,

        @JsonPropertyDescription("What the cluster offers, as far as it can be told.") @Nullable
        ClusterCapabilities capabilities,

        @JsonPropertyDescription("How many environments live in it.") @Nullable
        Integer environments,

        @JsonPropertyDescription("Which environments live in it, as namespace/name; the first 100.") @Size(max = 100)
        List<String> usedBy,

        @JsonPropertyDescription("How far its mesh's trust anchor and issuer are, if they are made here.") @Nullable
        MeshIdentityStatus meshIdentity) {

    /** How many environments are named in {@code usedBy}. */
    public static final int MOST_NAMED = 100;

    public TargetClusterStatus {
        conditions = Absent.or(conditions);
        usedBy = Absent.or(usedBy);
    }
}
