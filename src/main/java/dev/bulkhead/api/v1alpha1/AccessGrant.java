package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

@Wire
@ValidationRule(
        value = "has(self.groups) && self.groups.size() > 0 || has(self.users) && self.users.size() > 0",
        message = "a grant needs at least one group or user",
        reason = "FieldValueRequired")
@ValidationRule(
        value = "!has(self.groups) || !self.groups.exists(group, group in ['system:masters', 'system:authenticated',"
                + " 'system:unauthenticated', 'system:serviceaccounts'])",
        message = "this group is everybody, or needs no grant: name a group of your own",
        reason = "FieldValueForbidden",
        fieldPath = ".groups")
public record AccessGrant(
        @JsonPropertyDescription("A role of the class, such as developer; the class says which ClusterRole that is.")
        @Required
        @Pattern(Syntax.LABEL)
        @Size(min = 1, max = Syntax.LABEL_LENGTH)
        String role,

        @JsonPropertyDescription("The groups that get it, as the cluster's authentication names them.") @Size(max = 50)
        List<@Size(min = 1, max = 253) String> groups,

        @JsonPropertyDescription("The users that get it.") @Size(max = 50)
        List<@Size(min = 1, max = 253) String> users,

        @JsonPropertyDescription("The namespaces that it holds in, by their names in spec.namespaces. Empty: all.")
        @Size(max = 20)
        List<@Size(min = 1, max = Syntax.LABEL_LENGTH) String> namespaces) {

    public AccessGrant {
        groups = Absent.or(groups);
        users = Absent.or(users);
        namespaces = Absent.or(namespaces);
    }
}
