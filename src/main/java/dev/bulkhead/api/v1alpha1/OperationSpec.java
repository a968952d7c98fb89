package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

@Wire
@ValidationRule(value = "self == oldSelf", message = "an Operation runs once and can't be changed: create another")
@ValidationRule(
        value = "self.action == 'Release' || self.action == 'ReplaceCluster' || has(self.environmentRef)",
        message = "only Release and ReplaceCluster go without an environment: name one in environmentRef",
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
        value = "has(self.secrets) == (self.action in ['Rotate', 'Rollback', 'Hold', 'Resume', 'Retry',"
                + " 'Compromised'])",
        message = "secrets goes with the actions Rotate, Rollback, Hold, Resume, Retry and Compromised, and with no"
                + " other: set the one, or remove the other",
        fieldPath = ".secrets")
@ValidationRule(
        value = "self.action != 'ReplaceCluster' || !has(self.environmentRef)",
        message = "ReplaceCluster is about a cluster, and all environments in it: remove environmentRef",
        fieldPath = ".environmentRef")
public record OperationSpec(
        @JsonPropertyDescription(
                "Adopt takes over what runs already. Release lets go of an environment: everything keeps running and"
                        + " nothing of Bulkhead remains on it. Purge lets go what is kept because it holds data, or"
                        + " because much would be removed at once. ReplaceCluster, in the operator's own namespace, says"
                        + " that another cluster is meant to stand in the place of one. Rotate makes a new value of secret"
                        + " entries and leads it through, as their schedule would. Rollback goes back to the value before,"
                        + " while that is still accepted, and holds. Hold keeps entries where they are, until Resume."
                        + " Retry goes on at once after a failure. Compromised rotates without waiting for windows or for"
                        + " those who use it, and has the value before revoked at once.")
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
        ReplaceClusterSettings replaceCluster,

        @JsonPropertyDescription("Which secret entries it is about.") @Nullable
        SecretsSettings secrets) {}
