package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

@Wire
@ValidationRule(
        value = "self.type != 'Static' || has(self.from)",
        message = "an entry of type Static needs from.secretRef, the Secret of this namespace that holds its value",
        reason = "FieldValueRequired",
        fieldPath = ".from")
public record SecretEntry(
        @JsonPropertyDescription("What workloads call it. Unique in the environment.")
        @Required
        @Pattern(Syntax.LABEL)
        @Size(min = 1, max = Syntax.LABEL_LENGTH)
        String name,

        @JsonPropertyDescription(
                "How it is made. Static: its value comes from a Secret of this namespace, and follows it.")
        @Required
        SecretType type,

        @JsonPropertyDescription("Where its value comes from.") @Nullable
        SecretSource from) {}
