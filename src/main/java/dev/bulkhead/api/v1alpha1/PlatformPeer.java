package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;

@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PlatformPeer(String namespace, Map<String, String> podLabels) {

    public PlatformPeer {
        podLabels = Absent.or(podLabels);
    }
}
