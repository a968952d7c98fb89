package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

@Wire
public record ServedApi(
        @JsonPropertyDescription("Group and version, such as apps/v1.")
        String apiVersion,

        @JsonPropertyDescription("The kinds in it, such as Deployment.")
        List<String> kinds) {

    public ServedApi {
        kinds = Absent.or(kinds);
    }
}
