package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record EnvironmentNamespace(
        String name,
        PodSecurity podSecurity,
        Map<String, Quantity> quota,
        @Nullable ContainerLimits limits,
        Map<String, String> labels,
        Map<String, String> annotations) {

    public EnvironmentNamespace {
        podSecurity = Absent.or(podSecurity, PodSecurity.restricted);
        quota = Absent.or(quota);
        labels = Absent.or(labels);
        annotations = Absent.or(annotations);
    }
}
