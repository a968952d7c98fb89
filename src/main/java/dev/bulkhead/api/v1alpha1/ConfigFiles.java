package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;

@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ConfigFiles(String name, String path, Map<String, String> data) {

    public ConfigFiles {
        data = Absent.or(data);
    }
}
