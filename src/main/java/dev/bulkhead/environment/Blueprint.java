package dev.bulkhead.environment;

import dev.bulkhead.api.v1alpha1.Audit;
import dev.bulkhead.api.v1alpha1.Enforcement;
import dev.bulkhead.api.v1alpha1.EnvironmentClassSpec;
import dev.bulkhead.api.v1alpha1.EnvironmentNamespace;
import dev.bulkhead.api.v1alpha1.EnvironmentSpec;
import dev.bulkhead.api.v1alpha1.Mesh;
import dev.bulkhead.api.v1alpha1.MeshProvider;
import dev.bulkhead.api.v1alpha1.NetworkPolicySetSpec;
import dev.bulkhead.api.v1alpha1.SecretEntry;
import dev.bulkhead.api.v1alpha1.WorkloadSpec;
import dev.bulkhead.apply.Adoptions;
import dev.bulkhead.apply.Entry;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.apply.Origin;
import dev.bulkhead.apply.Ownership;
import dev.bulkhead.cluster.Capabilities;
import dev.bulkhead.cluster.Delivered;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Everything that an environment's plan is worked out from. Its slices are valid: what was refused isn't in it, or stands
 * in it with its last accepted version.
 *
 * @param className the class, as status shows it
 * @param secrets the environment's secret entries by name
 * @param heldBack workloads whose pods have to wait for their turn to restart with new secret values → the {@link
 *     dev.bulkhead.environment.pillar.SecretWord word} that they stay at until then
 * @param hooks what rotations ask peers for now
 * @param brought the entries whose Secrets another operator makes, by name
 * @param delivered what others deliver into its namespaces, and want restarted with secret entries
 * @param adoptions what of it was there before us
 */
public record Blueprint(
        Ownership ownership,
        EnvironmentSpec spec,
        String className,
        EnvironmentClassSpec environmentClass,
        Capabilities capabilities,
        List<WorkloadSlice> workloads,
        List<NetworkSlice> networks,
        Map<String, SecretMaterial> secrets,
        Map<String, String> heldBack,
        List<HookRun> hooks,
        Map<String, BroughtSecret> brought,
        List<Delivered> delivered,
        Adoptions adoptions) {

    public Blueprint {
        // What was accepted once may name a namespace that the environment has given up since.
        var pattern = NamespacePattern.of(environmentClass.namespacePattern());
        var there = spec.namespaces().stream()
                .map(namespace -> pattern.name(ownership.environment(), namespace))
                .toList();
        workloads = workloads.stream()
                .filter(workload -> there.contains(workload.namespace()))
                .toList();
        networks = List.copyOf(networks);
        secrets = Map.copyOf(secrets);
        heldBack = Map.copyOf(heldBack);
        brought = Map.copyOf(brought);
        delivered =
                delivered.stream().filter(it -> there.contains(it.namespace())).toList();
        hooks = hooks.stream()
                .filter(run -> there.contains(run.workload().namespace()))
                .toList();
    }

    /** A namespace of the environment, with its name in the target cluster. */
    public record TargetNamespace(String name, EnvironmentNamespace spec) {}

    /**
     * What one Workload adds.
     *
     * @param resource the name of the custom resource
     * @param name what the workload is called inside the environment
     * @param namespace its namespace in the target cluster
     * @param adoptedSelector the labels by which what was there before us finds its pods; empty when nothing was
     */
    public record WorkloadSlice(
            String resource,
            long generation,
            String name,
            String namespace,
            WorkloadSpec spec,
            Map<String, String> adoptedSelector) {

        public Origin origin() {
            return Origin.workload(resource);
        }

        /** Whether somebody else runs the pods, and we only put up what is around them. */
        public boolean deliveredByOthers() {
            return !spec.selector().isEmpty();
        }

        /** The labels that select the workload's pods. */
        public Map<String, String> selector() {
            if (deliveredByOthers()) {
                return spec.selector();
            }
            return adoptedSelector.isEmpty() ? Map.of(Ownership.WORKLOAD, name) : adoptedSelector;
        }
    }

    /** What one NetworkPolicySet adds. */
    public record NetworkSlice(String resource, long generation, NetworkPolicySetSpec spec) {

        public Origin origin() {
            return Origin.networkPolicySet(resource);
        }
    }

    /**
     * A secret entry that is there to be used.
     *
     * @param scope the SecretScope that has it
     * @param keys the data keys of the published Secret
     * @param version what the status of its scope calls what is published
     * @param pointer of what is rotated here: rises with each change of what is published. 0: it follows its source
     */
    public record SecretMaterial(
            String entry, String scope, Map<String, PublishedKey> keys, String version, long pointer) {

        /** The data key of an entry that has only one value. */
        public static final String VALUE = "value";

        public Origin origin() {
            return Origin.secretScope(scope);
        }
    }

    /**
     * A secret entry that another operator brings into the target cluster.
     *
     * @param replaced target namespace → data key → word, of the values that have taken the place of the first there
     */
    public record BroughtSecret(String scope, SecretEntry entry, Map<String, Map<String, String>> replaced) {

        public BroughtSecret {
            replaced = Map.copyOf(replaced);
        }

        public BroughtSecret having(Map<String, Map<String, String>> others) {
            return new BroughtSecret(scope, entry, others);
        }

        public Origin origin() {
            return Origin.secretScope(scope);
        }
    }

    /**
     * One key of a published Secret.
     *
     * @param word another one whenever the value is another: who uses the key restarts by it. Empty: nobody does
     */
    public record PublishedKey(Entry.Source source, String word) {

        /** What a key is called that holds the value before the one in use. */
        public static final String PREVIOUS = ".previous";
    }

    public EnvironmentId environment() {
        return ownership.environment();
    }

    public Origin origin() {
        return Origin.environment(environment().name());
    }

    public List<TargetNamespace> namespaces() {
        var pattern = NamespacePattern.of(environmentClass.namespacePattern());
        return spec.namespaces().stream()
                .map(namespace -> new TargetNamespace(pattern.name(environment(), namespace), namespace))
                .toList();
    }

    public List<WorkloadSlice> workloadsIn(TargetNamespace namespace) {
        return workloads.stream()
                .filter(workload -> workload.namespace().equals(namespace.name()))
                .toList();
    }

    /** The secret entries that are used in a namespace, by whomever. */
    public SortedSet<String> entriesUsedIn(TargetNamespace namespace) {
        return Stream.concat(
                        workloadsIn(namespace).stream()
                                .flatMap(workload -> workload.spec().secretEntries()),
                        delivered.stream()
                                .filter(it -> it.namespace().equals(namespace.name()))
                                .flatMap(it -> it.entries().stream()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The workload of that name, the one that {@code calls} means. */
    public Optional<WorkloadSlice> workload(String name) {
        return workloads.stream()
                .filter(workload -> workload.name().equals(name))
                .findFirst();
    }

    public Mesh mesh() {
        return spec.meshUnder(environmentClass);
    }

    /** Whether nothing is refused: a set tries its edges out, and the class lets it take the denials away. */
    public boolean isOpen() {
        return environmentClass.audit() == Audit.Open
                && networks.stream().anyMatch(it -> it.spec().enforcement() == Enforcement.Audit);
    }

    public boolean meshed() {
        return mesh().provider() == MeshProvider.Linkerd;
    }

    public Blueprint asking(List<HookRun> runs) {
        return new Blueprint(
                ownership,
                spec,
                className,
                environmentClass,
                capabilities,
                workloads,
                networks,
                secrets,
                heldBack,
                runs,
                brought,
                delivered,
                adoptions);
    }

    /** The metadata that every object of ours starts from. */
    public ObjectMetaBuilder metadata(String namespace, String name) {
        return new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName(name)
                .withLabels(ownership.labels())
                .withAnnotations(ownership.annotations());
    }
}
