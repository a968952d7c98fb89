package dev.bulkhead.cluster;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.bulkhead.api.v1alpha1.ClusterCapabilities;
import dev.bulkhead.cluster.Capabilities.ApiServer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a cluster can do, as a file: with it a plan is made where the cluster isn't at hand. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CapabilitiesFile(
        String kind,
        String version,
        @Nullable List<ApiServer> apiServers,
        @Nullable List<String> nodes,
        @Nullable String clusterDomain,
        @Nullable OperatorAccount account,
        @Nullable ClusterCapabilities offers) {

    public static final String KIND = "Capabilities";

    /** A refusal is an {@link IllegalArgumentException} that says where the text is wrong. */
    public static Capabilities read(String text) {
        try {
            var file = new YAMLMapper().readValue(text, CapabilitiesFile.class);
            if (!KIND.equals(file.kind)) {
                throw new IllegalArgumentException("This is no file of capabilities: its kind must be " + KIND);
            }
            return file.capabilities();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "This is no file of capabilities: %s at %s".formatted(e.getOriginalMessage(), at(e)), e);
        }
    }

    private static String at(JsonProcessingException e) {
        return e.getLocation() == null
                ? "its beginning"
                : "line " + e.getLocation().getLineNr();
    }

    public static String write(Capabilities capabilities) {
        var account = capabilities.account();
        try {
            return new YAMLMapper()
                    .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                    .writeValueAsString(new CapabilitiesFile(
                            KIND,
                            capabilities.version(),
                            capabilities.apiServers(),
                            capabilities.nodes(),
                            capabilities.clusterDomain(),
                            account.known() ? account : null,
                            capabilities.offers()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Capabilities can't be written", e);
        }
    }

    Capabilities capabilities() {
        return new Capabilities(
                version,
                apiServers == null ? List.of() : apiServers,
                nodes == null ? List.of() : nodes,
                clusterDomain == null ? "cluster.local" : clusterDomain,
                account == null ? OperatorAccount.NONE : account,
                offers == null ? ClusterCapabilities.UNKNOWN : offers);
    }
}
