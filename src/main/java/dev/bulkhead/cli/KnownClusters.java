package dev.bulkhead.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.bulkhead.api.v1alpha1.TargetCluster;
import dev.bulkhead.cluster.Capabilities;
import dev.bulkhead.cluster.CapabilitiesFile;
import dev.bulkhead.cluster.OperatorAccount;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that says what clusters can do, where nobody asks them; without it nothing is known. */
final class KnownClusters {

    @Option(
            names = "--capabilities",
            paramLabel = "FILE",
            description = "What the cluster can do: a file of kind Capabilities, or a TargetCluster with its status.")
    private @Nullable Path file;

    /**
     * @param of whether it holds for a cluster: a file of capabilities for every one, a TargetCluster, as kubectl shows it,
     *     for itself
     */
    private record Known(Predicate<String> of, Capabilities capabilities) {}

    /** By the name of a cluster. */
    Function<String, Capabilities> capabilities() {
        var known = known();
        return cluster -> known.of.test(cluster) ? known.capabilities : Capabilities.UNKNOWN;
    }

    /** Whoever shows the wrong cluster would otherwise read what holds for one that nobody knows. */
    void refuseStranger(Collection<String> clusters) {
        if (!clusters.isEmpty() && clusters.stream().noneMatch(known().of)) {
            throw new CommandFailure(
                    "--capabilities %s is of another cluster than those of the environments in the files, which are %s"
                            .formatted(file, clusters.stream().sorted().collect(Collectors.joining(", "))));
        }
    }

    private Known known() {
        return file == null ? new Known(_ -> true, Capabilities.UNKNOWN) : in(file);
    }

    private static Known in(Path file) {
        try {
            var text = Files.readString(file);
            var kind = new YAMLMapper().readTree(text).path("kind").asText();
            if (kind.equals(CapabilitiesFile.KIND)) {
                return new Known(_ -> true, CapabilitiesFile.read(text));
            }
            if (!kind.equals(HasMetadata.getKind(TargetCluster.class))) {
                throw failure(
                        file,
                        "has kind %s. Take a TargetCluster with its status, or what `bulkhead cluster capabilities` prints",
                        kind.isEmpty() ? "none" : kind);
            }
            return of(new YAMLMapper().readValue(text, TargetCluster.class), file);
        } catch (JsonProcessingException e) {
            throw failure(file, "can't be read as YAML: %s", e.getOriginalMessage());
        } catch (IOException e) {
            throw failure(file, "can't be read: %s", e.getMessage());
        } catch (IllegalArgumentException e) {
            throw failure(file, "can't be used: %s", e.getMessage());
        }
    }

    private static Known of(TargetCluster cluster, Path file) {
        var status = cluster.getStatus();
        if (status == null || status.capabilities() == null) {
            throw failure(file, "has no status.capabilities: take it with `kubectl get targetcluster NAME -o yaml`");
        }
        return new Known(
                cluster.getMetadata().getName()::equals,
                new Capabilities(
                        status.version() == null ? "" : status.version(),
                        List.of(),
                        List.of(),
                        "cluster.local",
                        OperatorAccount.NONE,
                        status.capabilities()));
    }

    private static CommandFailure failure(Path file, String what, Object... words) {
        return new CommandFailure("--capabilities %s %s".formatted(file, what.formatted(words)));
    }
}
