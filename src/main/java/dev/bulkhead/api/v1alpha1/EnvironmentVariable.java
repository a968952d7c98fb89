package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

@Wire
@ValidationRule(
        value = "[has(self.value), has(self.secretRef), has(self.fieldRef)].filter(given, given).size() == 1",
        message = "a variable takes exactly one of value, secretRef and fieldRef")
public record EnvironmentVariable(
        @JsonPropertyDescription("The variable's name.")
        @Required
        @Pattern("^[-._a-zA-Z][-._a-zA-Z0-9]*$")
        @Size(min = 1, max = 253)
        String name,

        @JsonPropertyDescription("The value as it stands.")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Size(max = 32768)
        @Nullable
        String value,

        @JsonPropertyDescription("A value of one of the environment's secret entries.") @Nullable
        SecretEntryRef secretRef,

        @JsonPropertyDescription("A field of the pod, such as status.podIP or metadata.labels['app'].")
        @Pattern("^(metadata\\.(name|namespace|uid)|metadata\\.(labels|annotations)\\['[^']+'\\]"
                + "|spec\\.(nodeName|serviceAccountName)|status\\.(podIP|podIPs|hostIP|hostIPs))$")
        @Size(min = 1, max = 400)
        @Nullable
        String fieldRef) {}
