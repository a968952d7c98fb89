package dev.bulkhead.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.bulkhead.api.v1alpha1.TargetCluster;
import dev.bulkhead.cluster.Capabilities;
import dev.bulkhead.cluster.CapabilitiesFile;
import dev.bulkhead.cluster.OperatorAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** What clusters can do, where nobody asks them: what a file says, else nothing is known. */
final class KnownClusters {

    private KnownClusters() {}

    static Function<String, Capabilities> unknown() {
        return _ -> Capabilities.UNKNOWN;
    }

    /** A file of capabilities holds for every cluster; a TargetCluster, as kubectl shows it, for that one. */
    static Function<String, Capabilities> in(Path file) {
        try {
            var text = Files.readString(file);
            return new YAMLMapper().readTree(text).path("kind").asText().equals(CapabilitiesFile.KIND)
                    ? always(CapabilitiesFile.read(text))
                    : of(new YAMLMapper().readValue(text, TargetCluster.class), file);
        } catch (JsonProcessingException e) {
            throw new CommandFailure("--capabilities %s isn't YAML: %s".formatted(file, e.getOriginalMessage()));
        } catch (IOException e) {
            throw new CommandFailure("--capabilities %s can't be read: %s".formatted(file, e.getMessage()));
        } catch (IllegalArgumentException e) {
            throw new CommandFailure("--capabilities %s: %s".formatted(file, e.getMessage()));
        }
    }

    private static Function<String, Capabilities> always(Capabilities capabilities) {
        return _ -> capabilities;
    }

    private static Function<String, Capabilities> of(TargetCluster cluster, Path file) {
        var status = cluster.getStatus();
        if (status == null || status.capabilities() == null) {
            throw new CommandFailure(
                    "--capabilities %s has no status.capabilities: take it with `kubectl get targetcluster NAME -o yaml`"
                            .formatted(file));
        }
        var version = status.version() == null ? "" : status.version();
        var known = new Capabilities(version, List.of(), "cluster.local", OperatorAccount.NONE, status.capabilities());
        return name -> name.equals(cluster.getMetadata().getName()) ? known : Capabilities.UNKNOWN;
    }
}
