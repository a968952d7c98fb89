package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

@Wire
@ValidationRule(
        value = "self.environmentRef.name == oldSelf.environmentRef.name",
        message = "environmentRef is immutable: make a new SecretScope for the other environment",
        fieldPath = ".environmentRef")
@ValidationRule(
        value = "!has(self.grants) || self.grants.all(grant, self.entries.exists(entry, entry.name == grant.entry"
                + " && !(entry.type in ['External', 'Granted'])))",
        message =
                "a grant is of an entry of this SecretScope that is made here: name one, and none of type External or Granted",
        fieldPath = ".grants")
@ValidationRule(
        value = "!has(self.grants) || self.grants.all(grant, !grant.keys.exists(key, key != 'ca.crt')"
                + " || !self.entries.exists(entry, entry.name == grant.entry && entry.type == 'CA'))",
        message = "of a CA only ca.crt leaves the vault: remove the other keys of its grant",
        reason = "FieldValueForbidden",
        fieldPath = ".grants")
public record SecretScopeSpec(
        @JsonPropertyDescription("The Environment that it belongs to, in the same namespace. Immutable.") @Required
        Reference environmentRef,

        @JsonPropertyDescription(
                "The secrets. Each becomes a Secret of its name in the target namespaces whose workloads use" + " it.")
        @Required
        @Size(min = 1, max = 200)
        List<SecretEntry> entries,

        @JsonPropertyDescription(
                "Which other SecretScopes of this namespace may use its entries, as when another environment has to"
                        + " trust its CA. Both sides have to say so: there an entry of type Granted names this one.")
        @Size(max = 50)
        List<SecretGrant> grants,

        @JsonPropertyDescription(
                "When rotations may begin. Without any: always. A certificate that is about to end does not"
                        + " wait for one.")
        @Size(max = 10)
        List<RotationWindow> windows,

        @JsonPropertyDescription("How long previous values stay accepted.")
        Drain drain,

        @JsonPropertyDescription("How the workloads that use its entries are restarted.")
        Restarts restarts,

        @JsonPropertyDescription(
                "What happens when a value that was made here is gone. Fail: what is published stays, and"
                        + " somebody is told. Regenerate: a new one is made, and those who hold the old one are refused.")
        @Default("Fail")
        OnLoss onLoss,

        @JsonPropertyDescription(
                "Whether the values outlive the SecretScope and its entries. Retain: the same name finds them"
                        + " again.")
        @Default("Retain")
        DeletionPolicy onDelete) {

    public SecretScopeSpec {
        entries = Absent.or(entries);
        grants = Absent.or(grants);
        windows = Absent.or(windows);
        drain = Absent.or(drain, new Drain(null));
        restarts = Absent.or(restarts, new Restarts(null, null));
        onLoss = Absent.or(onLoss, OnLoss.Fail);
        onDelete = Absent.or(onDelete, DeletionPolicy.Retain);
    }
}
