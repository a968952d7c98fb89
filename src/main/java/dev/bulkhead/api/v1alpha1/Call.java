package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.IntOrString;
import org.jspecify.annotations.Nullable;

@Wire
@ValidationRule(
        value = "has(self.workload) != has(self.host)",
        message = "a call goes to exactly one of workload and host")
@ValidationRule(
        value = "has(self.host) ? type(self.port) == int && self.port >= 1 && self.port <= 65535"
                + " : type(self.port) == string",
        message = "a call to a workload names its port, such as http; a call to a host has a number from 1 to 65535",
        fieldPath = ".port")
public record Call(
        @JsonPropertyDescription(
                "A workload of this environment, by its name. While it does not exist, this one waits.")
        @Pattern(Syntax.WORKLOAD)
        @Size(min = 1, max = Syntax.WORKLOAD_LENGTH)
        @Nullable
        String workload,

        @JsonPropertyDescription("A host outside the environment, by its DNS name. The class must allow it.")
        @Pattern(Syntax.SUBDOMAIN)
        @Size(min = 1, max = Syntax.SUBDOMAIN_LENGTH)
        @Nullable
        String host,

        @JsonPropertyDescription("A workload's port by its name, a host's by its number.") @Required
        IntOrString port) {}
