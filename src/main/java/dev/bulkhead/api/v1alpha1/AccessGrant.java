package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record AccessGrant(String role, List<String> groups, List<String> users, List<String> namespaces) {

    public AccessGrant {
        groups = Absent.or(groups);
        users = Absent.or(users);
        namespaces = Absent.or(namespaces);
    }
}
