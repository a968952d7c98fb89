package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

@Wire
@ValidationRule(value = "self == oldSelf", message = "an Operation runs once and can't be changed: create another")
@ValidationRule(
        value = "self.action == 'Release' || self.action == 'ReplaceCluster' || has(self.environmentRef)",
        message = "Adopt and Purge are about one environment: name it in environmentRef",
        fieldPath = ".environmentRef")
@ValidationRule(
        value = "has(self.adopt) == (self.action == 'Adopt')",
        message = "adopt goes with action Adopt, and with no other: set the one, or remove the other",
        fieldPath = ".adopt")
@ValidationRule(
        value = "has(self.purge) == (self.action == 'Purge')",
        message = "purge goes with action Purge, and with no other: set the one, or remove the other",
        fieldPath = ".purge")
@ValidationRule(
        value = "!has(self.release) || self.action == 'Release'",
        message = "release goes with action Release, and with no other: set the one, or remove the other",
        fieldPath = ".release")
@ValidationRule(
        value = "has(self.replaceCluster) == (self.action == 'ReplaceCluster')",
        message = "replaceCluster goes with action ReplaceCluster, and with no other: set the one, or remove the other",
        fieldPath = ".replaceCluster")
@ValidationRule(
        value = "self.action != 'ReplaceCluster' || !has(self.environmentRef)",
        message = "ReplaceCluster is about a cluster, and all environments in it: remove environmentRef",
        fieldPath = ".environmentRef")
public record OperationSpec(
        @JsonPropertyDescription(
                "Adopt takes over what runs already. Release lets go of an environment: everything keeps"
                        + " running and nothing of Bulkhead remains on it. Purge lets go what is kept because it holds data,"
                        + " or because much would be removed at once. ReplaceCluster, in the operator's own namespace, says"
                        + " that another cluster is meant to stand in the place of one.")
        @Required
        OperationAction action,

        @JsonPropertyDescription("The Environment that it is about, in the same namespace. Release without it: every"
                + " environment of this namespace; in the operator's own namespace: every environment there is.")
        @Nullable
        Reference environmentRef,

        @JsonPropertyDescription("What is taken over, and how.") @Nullable
        AdoptSettings adopt,

        @JsonPropertyDescription("What may go.") @Nullable PurgeSettings purge,

        @JsonPropertyDescription("How it lets go.") @Nullable
        ReleaseSettings release,

        @JsonPropertyDescription("Which cluster stands in the place of which.") @Nullable
        ReplaceClusterSettings replaceCluster) {}
