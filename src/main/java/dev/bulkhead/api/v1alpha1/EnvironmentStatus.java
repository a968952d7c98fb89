package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Wire
public record EnvironmentStatus(
        @JsonPropertyDescription("The generation of the spec that this status speaks of; -1: none yet.") @Nullable
        Long observedGeneration,

        @JsonPropertyDescription("Exactly one of Ready=True, Reconciling=True and Stalled=True holds. ComputeReady,"
                + " NetworkReady and SecretsReady say it of one pillar each; MeshReady, where it is known, whether the mesh"
                + " that is asked for is there; Separated, whether nothing is open but what is asked for.")
        List<Condition> conditions,

        @JsonPropertyDescription("The TargetCluster that it lives in.") @Nullable
        String cluster,

        @JsonProperty("class") @JsonPropertyDescription("The EnvironmentClass that bounds it.") @Nullable
        String className,

        @JsonPropertyDescription("The real name of each namespace.")
        List<NamespaceStatus> namespaces,

        @JsonPropertyDescription(
                "What the live plan was made of: every contributor, with the generation that the plan" + " contains.")
        List<InputStatus> inputs,

        @JsonPropertyDescription("How many objects the plan has.") @Nullable
        Integer objects,

        @JsonPropertyDescription("None: the cluster is as planned. Repaired: it had been changed, and was put back."
                + " Contested: another manager keeps changing it.")
        @Nullable
        Drift drift,

        @JsonPropertyDescription("The last repair of drift.") @Nullable
        RepairStatus lastRepair,

        @JsonPropertyDescription("With reconcile: Plan, what would be done.") @Nullable
        PlanStatus plan,

        @JsonPropertyDescription("Who reaches whom, against what is asked for; absent where it can't be told.")
        @Nullable
        ReachStatus reach,

        @JsonPropertyDescription("A hash of the plan: equal fingerprints, equal environments.") @Nullable
        String fingerprint) {

    public EnvironmentStatus {
        conditions = Absent.or(conditions);
        namespaces = Absent.or(namespaces);
        inputs = Absent.or(inputs);
    }
}
