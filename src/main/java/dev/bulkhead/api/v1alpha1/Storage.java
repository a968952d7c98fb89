package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;
import org.jspecify.annotations.Nullable;

@Wire
public record Storage(
        @JsonPropertyDescription("The volume's name.")
        @Required
        @Pattern(Syntax.LABEL)
        @Size(min = 1, max = Syntax.LABEL_LENGTH)
        String name,

        @JsonPropertyDescription("Where the container sees it.")
        @Required
        @ValidationRule(value = Syntax.ABSOLUTE_PATH, message = Syntax.ABSOLUTE_PATH_MESSAGE)
        @Size(min = 2, max = Syntax.PATH_LENGTH)
        String path,

        @JsonPropertyDescription(
                "How large, such as 10Gi. A Stateful workload's volumes can grow, where their storage class"
                        + " lets them, and never shrink.")
        @Required
        Quantity size,

        @JsonPropertyDescription("The storage class of the volume claim. Without it: the cluster's default.")
        @Pattern(Syntax.SUBDOMAIN)
        @Size(min = 1, max = Syntax.SUBDOMAIN_LENGTH)
        @Nullable
        String storageClassName,

        @JsonPropertyDescription("What happens to a Stateful workload's claims when it, or its environment, is deleted."
                + " Delete takes effect only if every volume of the workload says so. Claims of replicas that were scaled"
                + " away are kept either way.")
        @Default("Retain")
        StorageRetention retention) {

    public Storage {
        retention = Absent.or(retention, StorageRetention.Retain);
    }
}
