package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

@Wire
@ValidationRule(
        value = "self.environmentRef.name == oldSelf.environmentRef.name",
        message = "environmentRef is immutable: make a new SecretScope for the other environment",
        fieldPath = ".environmentRef")
public record SecretScopeSpec(
        @JsonPropertyDescription("The Environment that it belongs to, in the same namespace. Immutable.") @Required
        Reference environmentRef,

        @JsonPropertyDescription(
                "The secrets. Each becomes a Secret of its name in the target namespaces whose workloads use" + " it.")
        @Required
        @Size(min = 1, max = 200)
        List<SecretEntry> entries) {

    public SecretScopeSpec {
        entries = Absent.or(entries);
    }
}
