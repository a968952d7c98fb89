package dev.bulkhead.environment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bulkhead.api.v1alpha1.Environment;
import dev.bulkhead.api.v1alpha1.EnvironmentClass;
import dev.bulkhead.api.v1alpha1.NetworkPolicySet;
import dev.bulkhead.api.v1alpha1.SecretScope;
import dev.bulkhead.api.v1alpha1.Workload;
import dev.bulkhead.apply.Adoption;
import dev.bulkhead.apply.Adoptions;
import dev.bulkhead.apply.Digest;
import dev.bulkhead.apply.Entry.Source;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.apply.Kind;
import dev.bulkhead.apply.Plan;
import dev.bulkhead.apply.Ref;
import dev.bulkhead.cluster.Capabilities;
import dev.bulkhead.cluster.CapabilitiesFile;
import dev.bulkhead.cluster.Delivered;
import dev.bulkhead.environment.keeping.ImaginedShelf;
import dev.bulkhead.secrets.rotation.HookStep;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A hub in files: the resources of one environment as users write them, the hub's Secrets and namespace, the class and
 * what the target can do. Files named {@code in-accepted-*} are versions that were accepted before.
 */
record World(List<Manifest> manifests, List<Manifest> accepted) {

    private static final Set<String> KINDS = Set.of(
            "Environment",
            "EnvironmentClass",
            "Workload",
            "NetworkPolicySet",
            "SecretScope",
            "Secret",
            "Namespace",
            "Capabilities",
            "Adoptions",
            "HookRuns",
            "Delivered");
    private static final Map<String, Class<? extends HasMetadata>> CONTRIBUTORS = Map.of(
            "Workload", Workload.class, "NetworkPolicySet", NetworkPolicySet.class, "SecretScope", SecretScope.class);
    private static final String HUB_ID = "hub-1";
    private static final Digest DIGEST = new Digest("a key for tests only".getBytes(StandardCharsets.UTF_8));
    private static final Path DEFAULTS = Path.of("src/test/resources/plans");

    static World in(Path folder) {
        try (var files = Files.list(folder)) {
            var inputs = files.filter(it -> it.getFileName().toString().startsWith("in-"))
                    .filter(it -> !it.endsWith("in-case.yaml"))
                    .sorted()
                    .toList();
            return new World(
                    inputs.stream()
                            .filter(it -> !isAccepted(it))
                            .flatMap(it -> Manifest.read(it).stream())
                            .toList(),
                    inputs.stream()
                            .filter(World::isAccepted)
                            .flatMap(it -> Manifest.read(it).stream())
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static World of(String yaml) {
        return new World(Manifest.parse(Path.of("text of a test"), yaml), List.of());
    }

    World and(String yaml) {
        return new World(
                Stream.concat(manifests.stream(), of(yaml).manifests.stream()).toList(), accepted);
    }

    World {
        var unknown = Stream.concat(manifests.stream(), accepted.stream())
                .filter(it -> !KINDS.contains(it.kind()))
                .map(it -> "%s in %s".formatted(it.kind(), it.file()))
                .toList();
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("Nobody reads " + unknown);
        }
    }

    private static boolean isAccepted(Path file) {
        return file.getFileName().toString().startsWith("in-accepted-");
    }

    World shuffled(Random random) {
        var other = new ArrayList<>(manifests);
        Collections.shuffle(other, random);
        return new World(List.copyOf(other), accepted);
    }

    /** Our own resources, as text, each for whatever namespace it is applied to. */
    List<String> resources() {
        return Stream.concat(manifests.stream(), accepted.stream())
                .filter(it -> it.content().path("apiVersion").asText().startsWith("bulkhead.dev/"))
                .map(it -> it.content().<ObjectNode>deepCopy())
                .peek(it -> it.withObject("metadata").remove(List.of("namespace", "uid", "creationTimestamp")))
                .map(Manifest::write)
                .toList();
    }

    Acceptance acceptance() {
        return Acceptance.of(gathered(), capabilities(), Set.of(), slices());
    }

    Blueprint blueprint() {
        var blueprint = new Drafting(HUB_ID, slices())
                .draft(gathered(), acceptance(), capabilities(), adoptions())
                .blueprint();
        return blueprint.asking(ofKind("HookRuns")
                .flatMap(it -> it.as(HookRunsFile.class).runs().stream())
                .map(it -> it.run(blueprint))
                .toList());
    }

    Planned planned(Adoptions adoptions) {
        var draft = new Drafting(HUB_ID, slices()).draft(gathered(), acceptance(), capabilities(), adoptions);
        return new Planned(draft, new EnvironmentPlanner().plan(draft.blueprint()));
    }

    Plan plan() {
        return new EnvironmentPlanner().plan(blueprint());
    }

    /** As if each were a Deployment. */
    private List<Delivered> delivered() {
        return ofKind("Delivered")
                .map(it -> it.as(DeliveredFile.class))
                .map(it -> new Delivered("Deployment", it.namespace(), it.name(), it.name(), it.entries(), "", true))
                .toList();
    }

    private record DeliveredFile(String kind, String namespace, String name, TreeSet<String> entries) {}

    Gathered gathered() {
        var environment = only(Environment.class).orElseThrow();
        environment.getMetadata().setUid("uid-of-" + environment.getMetadata().getName());
        var environmentClass = only(EnvironmentClass.class)
                .orElseGet(() -> fallback("default-class.yaml").as(EnvironmentClass.class));
        return new Gathered(
                environment,
                environmentClass.getMetadata().getName(),
                environmentClass.getSpec(),
                Gatherer.cluster(environment, environmentClass).orElse(""),
                only(Namespace.class).map(it -> it.getMetadata().getLabels()).orElse(Map.of()),
                Set.of(environment.getMetadata().getNamespace()),
                all(Workload.class),
                all(NetworkPolicySet.class),
                scopes(environment),
                departed(environment),
                hubSecrets(),
                ImaginedShelf.of(
                        EnvironmentId.of(environment),
                        Stream.concat(scopes(environment).stream(), departed(environment).stream())
                                .toList(),
                        hubSecrets()),
                new Sharing(FakeHub.of(manifests)).grants(EnvironmentId.of(environment)),
                List.of(),
                delivered());
    }

    /** Those of other environments count for what they grant. */
    private List<SecretScope> scopes(Environment environment) {
        return all(SecretScope.class).stream()
                .filter(it -> it.getSpec()
                        .environmentRef()
                        .name()
                        .equals(environment.getMetadata().getName()))
                .toList();
    }

    /** What was accepted and is in no file any more. */
    private List<SecretScope> departed(Environment environment) {
        return slices().departed(EnvironmentId.of(environment), scopes(environment));
    }

    private Map<String, Map<String, String>> hubSecrets() {
        var secrets = new TreeMap<String, Map<String, String>>();
        all(Secret.class).forEach(secret -> {
            var versions = new TreeMap<String, String>();
            secret.getStringData().forEach((key, value) -> versions.put(key, DIGEST.of(value)));
            secrets.put(secret.getMetadata().getName(), versions);
        });
        return secrets;
    }

    private Capabilities capabilities() {
        var found = ofKind("Capabilities").findFirst().orElseGet(() -> fallback("default-capabilities.yaml"));
        return CapabilitiesFile.read(Manifest.write(found.content()));
    }

    private Adoptions adoptions() {
        return ofKind("Adoptions")
                .findFirst()
                .map(it -> it.as(AdoptionsFile.class).adoptions())
                .orElse(Adoptions.NONE);
    }

    private record HookRunsFile(String kind, List<Asked> runs) {

        record Asked(
                String entry,
                HookStep step,
                String rotationId,
                int attempt,
                String workload,
                Map<String, Source.Copy> pending,
                Map<String, Source.Copy> current,
                boolean over) {

            HookRun run(Blueprint blueprint) {
                return new HookRun(
                        entry,
                        step,
                        rotationId,
                        attempt,
                        Duration.ofMinutes(5),
                        blueprint.workload(workload).orElseThrow(),
                        Map.copyOf(pending),
                        Map.copyOf(current),
                        over);
            }
        }
    }

    private record AdoptionsFile(String kind, List<AdoptedObject> objects) {

        Adoptions adoptions() {
            return new Adoptions(
                    objects.stream().collect(Collectors.toMap(AdoptedObject::ref, AdoptedObject::adoption)));
        }
    }

    private record AdoptedObject(
            Kind kind, String namespace, String name, Adoption.Stage stage, Map<String, String> selector) {

        Ref ref() {
            return new Ref(kind, namespace, name);
        }

        Adoption adoption() {
            return new Adoption("uid of " + name, stage, 1, selector);
        }
    }

    Slices slices() {
        return new Remembered(accepted.stream()
                .<HasMetadata>map(it -> it.as(CONTRIBUTORS.get(it.kind())))
                .peek(it -> it.getMetadata().setGeneration(1L))
                .toList());
    }

    private Stream<Manifest> ofKind(String kind) {
        return manifests.stream().filter(it -> it.kind().equals(kind));
    }

    private <T extends HasMetadata> List<T> all(Class<T> type) {
        return ofKind(type.getSimpleName())
                .map(it -> it.as(type))
                .peek(it -> it.getMetadata().setGeneration(2L))
                .toList();
    }

    private <T extends HasMetadata> Optional<T> only(Class<T> type) {
        var found = all(type);
        if (found.size() > 1) {
            throw new IllegalArgumentException("More than one " + type.getSimpleName());
        }
        return found.stream().findFirst();
    }

    private static Manifest fallback(String file) {
        return Manifest.read(DEFAULTS.resolve(file)).getFirst();
    }
}
