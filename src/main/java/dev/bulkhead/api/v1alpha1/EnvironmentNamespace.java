package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Wire
@ValidationRule(
        value = "has(self.existingName) == has(oldSelf.existingName)"
                + " && (!has(self.existingName) || self.existingName == oldSelf.existingName)",
        message = "existingName is immutable: list the namespace under another name, and remove this one",
        fieldPath = ".existingName")
public record EnvironmentNamespace(
        @JsonPropertyDescription(
                "Its name inside the environment; the class's namespacePattern makes the real one, which"
                        + " may have at most 63 characters.")
        @Required
        @Pattern(Syntax.LABEL)
        @Size(min = 1, max = Syntax.LABEL_LENGTH)
        String name,

        @JsonPropertyDescription(
                "The name that this namespace already has in the target, instead of the one by the class's"
                        + " namespacePattern. The class must list it in adoptableNamespaces. While it exists and isn't"
                        + " ours, nothing in it is touched before an Operation Adopt names it. Immutable.")
        @Pattern(Syntax.LABEL)
        @Size(min = 1, max = Syntax.LABEL_LENGTH)
        @Nullable
        String existingName,

        @JsonPropertyDescription("The Pod Security Standard that the cluster enforces, audits and warns about here.")
        @Default("restricted")
        PodSecurity podSecurity,

        @JsonPropertyDescription(
                "A ResourceQuota: how much all pods together may ask for, and how many objects there may"
                        + " be. Each at most the class's ceiling. Without it: the class's default.")
        @Size(max = 50)
        Map<String, Quantity> quota,

        @JsonPropertyDescription(
                "A LimitRange: what containers get that ask for nothing. Without it: the class's default.")
        @Nullable
        ContainerLimits limits,

        @JsonPropertyDescription("More labels on the namespace.")
        @Size(max = 50)
        @ValidationRule(
                value = Syntax.NO_RESERVED_KEY,
                message = Syntax.RESERVED_KEY_MESSAGE,
                reason = "FieldValueForbidden")
        @ValidationRule(value = Syntax.QUALIFIED_KEYS, message = Syntax.QUALIFIED_KEYS_MESSAGE)
        Map<String, @Pattern(Syntax.LABEL_VALUE) @Size(max = Syntax.LABEL_LENGTH) String> labels,

        @JsonPropertyDescription("More annotations on the namespace.")
        @Size(max = 50)
        @ValidationRule(
                value = Syntax.NO_RESERVED_KEY,
                message = Syntax.RESERVED_KEY_MESSAGE,
                reason = "FieldValueForbidden")
        @ValidationRule(value = Syntax.QUALIFIED_KEYS, message = Syntax.QUALIFIED_KEYS_MESSAGE)
        Map<String, @Size(max = 4096) String> annotations) {

    public EnvironmentNamespace {
        podSecurity = Absent.or(podSecurity, PodSecurity.restricted);
        quota = Absent.or(quota);
        labels = Absent.or(labels);
        annotations = Absent.or(annotations);
    }
}
