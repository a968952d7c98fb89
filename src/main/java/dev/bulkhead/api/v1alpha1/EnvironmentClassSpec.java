package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record EnvironmentClassSpec(
        @Nullable LabelSelector hubNamespaces,
        List<String> clusters,
        @Nullable String defaultCluster,
        String namespacePattern,
        Map<String, Quantity> ceilings,
        List<String> registries,
        Requirement imageDigest,
        @Nullable EgressBounds egress,
        Map<String, String> roles,
        PlatformPeers platform,
        @Nullable ClassDefaults defaults,
        @Nullable MeshProvider meshProvider) {

    public static final String DEFAULT_NAMESPACE_PATTERN = "{hubNamespace}-{environment}-{name}";

    public EnvironmentClassSpec {
        clusters = Absent.or(clusters);
        namespacePattern = Absent.or(namespacePattern, DEFAULT_NAMESPACE_PATTERN);
        ceilings = Absent.or(ceilings);
        registries = Absent.or(registries);
        imageDigest = Absent.or(imageDigest, Requirement.Optional);
        roles = Absent.or(roles);
        platform = Absent.or(platform, new PlatformPeers(null, null, null));
    }
}
