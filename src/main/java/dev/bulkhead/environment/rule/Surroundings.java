package dev.bulkhead.environment.rule;

import dev.bulkhead.api.v1alpha1.ClusterCapabilities;
import dev.bulkhead.api.v1alpha1.EnvironmentClassSpec;
import dev.bulkhead.api.v1alpha1.EnvironmentNamespace;
import dev.bulkhead.api.v1alpha1.MeshProvider;
import dev.bulkhead.api.v1alpha1.SecretEntry;
import dev.bulkhead.api.v1alpha1.SecretScope;
import dev.bulkhead.api.v1alpha1.SecretType;
import dev.bulkhead.api.v1alpha1.Seniority;
import dev.bulkhead.api.v1alpha1.Workload;
import dev.bulkhead.api.v1alpha1.WorkloadSpec;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.cluster.Capabilities;
import dev.bulkhead.environment.Gathered;
import dev.bulkhead.environment.NamespacePattern;
import dev.bulkhead.environment.keeping.Entries;
import dev.bulkhead.environment.keeping.Grant;
import dev.bulkhead.environment.keeping.Grants.Lack;
import dev.bulkhead.environment.keeping.KeptEntry;
import dev.bulkhead.secrets.material.Keys;
import dev.bulkhead.secrets.rotation.Phase;
import dev.bulkhead.status.Reason;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one contributor sees of the others. They count as they are declared, whatever is said of them: a bad workload
 * then stalls itself only, and not those that call it.
 */
public final class Surroundings {

    private final Gathered gathered;
    private final Capabilities capabilities;
    private final Set<String> profiled;
    private final List<Workload> workloads;
    private final List<SecretScope> scopes;
    private final List<Workload> lasting;

    /** @param profiled the full names of Services of which somebody else has a ServiceProfile */
    public Surroundings(Gathered gathered, Capabilities capabilities, Set<String> profiled) {
        this(gathered, capabilities, profiled, List.of());
    }

    private Surroundings(Gathered gathered, Capabilities capabilities, Set<String> profiled, List<Workload> lasting) {
        this.lasting = lasting;
        this.gathered = gathered;
        this.capabilities = capabilities;
        this.profiled = Set.copyOf(profiled);
        this.workloads = oldestFirst(gathered.workloads());
        this.scopes = oldestFirst(gathered.secretScopes());
    }

    /** @param lasting workloads that don't count as they are, as they were accepted last */
    public Surroundings with(List<Workload> lasting) {
        return new Surroundings(gathered, capabilities, profiled, lasting);
    }

    EnvironmentId environment() {
        return EnvironmentId.of(gathered.environment());
    }

    EnvironmentClassSpec environmentClass() {
        return gathered.environmentClass();
    }

    /** What the environment's cluster offers, as far as it is known. */
    ClusterCapabilities offers() {
        return capabilities.offers();
    }

    /** Whether the pods of a workload are in a mesh, as far as we ask for it. */
    boolean meshes(WorkloadSpec workload) {
        return gathered.environment()
                                .getSpec()
                                .meshUnder(gathered.environmentClass())
                                .provider()
                        == MeshProvider.Linkerd
                && workload.takesProxy();
    }

    /** The ServiceProfile of a workload's Service, by its name, if somebody else has made one. */
    Optional<String> profile(Workload workload) {
        return Optional.of("%s.%s.svc.%s"
                        .formatted(
                                workload.name(),
                                gathered.targetNamespace(workload.getSpec().targetNamespace()),
                                capabilities.clusterDomain()))
                .filter(profiled::contains);
    }

    /** The networks of its pods and Services, and where its nodes and API servers are; as far as they are known. */
    List<String> insideOfTheCluster() {
        return Stream.concat(
                        capabilities.offers().networks().stream(),
                        capabilities.apiServers().stream()
                                .map(it -> it.address() + (it.address().contains(":") ? "/128" : "/32")))
                .distinct()
                .toList();
    }

    String className() {
        return gathered.className();
    }

    Capabilities capabilities() {
        return capabilities;
    }

    List<String> namespaces() {
        return gathered.environment().getSpec().namespaces().stream()
                .map(EnvironmentNamespace::name)
                .toList();
    }

    /** As they are called in the target cluster. */
    Stream<String> targetNamespaces() {
        var pattern = NamespacePattern.of(environmentClass().namespacePattern());
        return gathered.environment().getSpec().namespaces().stream()
                .map(namespace -> pattern.name(environment(), namespace));
    }

    /** Who has that name in the environment: the oldest that claims it. */
    Optional<Workload> workload(String name) {
        return workloads.stream().filter(it -> it.name().equals(name)).findFirst();
    }

    /** Who has that entry: the oldest that claims it. */
    Optional<SecretScope> scopeOf(String entry) {
        return scopes.stream().filter(scope -> entry(scope, entry).isPresent()).findFirst();
    }

    /** How many entries that are made here are in SecretScopes older than this one. */
    long keptBefore(SecretScope scope) {
        return scopes.stream()
                .takeWhile(it ->
                        !it.getMetadata().getName().equals(scope.getMetadata().getName()))
                .flatMap(it -> it.getSpec().entries().stream())
                .filter(KeptEntry::isKept)
                .count();
    }

    Optional<SecretEntry> entry(String name) {
        return scopeOf(name).flatMap(scope -> entry(scope, name));
    }

    /**
     * What keeps the entries from a workload that it names, when their scope isn't in order and never was.
     *
     * @param accepted scope → whether it is in order
     */
    public Optional<Finding> unpublished(Workload workload, Predicate<String> accepted) {
        return workload.getSpec()
                .secretEntries()
                .flatMap(entry -> scopeOf(entry).stream()
                        .filter(scope -> !accepted.test(scope.getMetadata().getName()))
                        .filter(scope -> !isPublished(scope, entry))
                        .flatMap(scope -> Finding.of(
                                Reason.WaitingForSecret,
                                "secret entry %s is in SecretScope %s, which isn't in order: see its status",
                                entry,
                                scope.getMetadata().getName())))
                .findFirst();
    }

    private static boolean isPublished(SecretScope scope, String entry) {
        return scope.getStatus() != null
                && scope.getStatus().entries().stream()
                        .anyMatch(status -> status.name().equals(entry) && status.version() != null);
    }

    /** Whether there is a value to publish. */
    boolean isThere(SecretEntry entry) {
        if (entry.type() == SecretType.Granted) {
            return grant(entry).filter(Grant::isThere).isPresent();
        }
        return entry.broughtByOthers()
                || gathered.shelf().hasCurrent(entry.name())
                || gathered.copied(entry).isPresent();
    }

    /** Whether what a Static entry comes from is in the hub namespace. */
    boolean hasSource(SecretEntry entry) {
        return gathered.source(entry).isPresent();
    }

    /** Of a Granted entry: what it is let use, if it is. */
    Optional<Grant> grant(SecretEntry claim) {
        return scopeOf(claim.name())
                .flatMap(scope -> gathered.grants().find(scope.getMetadata().getName(), claim));
    }

    /** Why an entry that a SecretScope claims isn't granted; empty when it is. */
    Optional<Lack> lack(SecretScope scope, SecretEntry claim) {
        return gathered.grants().lack(scope.getMetadata().getName(), claim);
    }

    /** The keys that a workload may name; empty as long as nobody knows. */
    Optional<SortedSet<String>> published(SecretEntry entry) {
        return entry.type() == SecretType.Granted
                ? grant(entry).map(it -> {
                    var keys = new TreeSet<>(it.keys());
                    keys.addAll(entry.template().keySet());
                    return keys;
                })
                : Optional.of(Keys.published(entry));
    }

    /** Entries in the midst of a rotation that no SecretScope has (any more), and how far they are. */
    Map<String, Phase> rotatingForNobody() {
        var rotating = new TreeMap<String, Phase>();
        gathered.shelf().journal().lines().forEach((entry, line) -> {
            if (line.isOnItsWay() && entry(entry).isEmpty()) {
                rotating.put(entry, line.phase());
            }
        });
        return rotating;
    }

    /** Entries that something in force needs and that no SecretScope has → what needs them. */
    Map<String, List<String>> missedEntries() {
        var declared = entries().map(SecretEntry::name).collect(Collectors.toSet());
        var missed = new TreeMap<String, List<String>>();
        BiConsumer<String, Stream<String>> add = (who, names) -> names.distinct()
                .filter(entry -> !declared.contains(entry))
                .forEach(entry ->
                        missed.computeIfAbsent(entry, _ -> new ArrayList<>()).add(who));
        lasting.forEach(it -> add.accept("workload " + it.name(), it.getSpec().secretEntries()));
        entries().forEach(it -> add.accept("entry " + it.name(), Entries.sources(it)));
        return missed;
    }

    /** Whether anything asks for an entry as it is declared now. */
    boolean isNamed(String entry) {
        return Stream.concat(
                        workloads.stream().flatMap(it -> it.getSpec().secretEntries()),
                        entries().flatMap(Entries::sources))
                .anyMatch(entry::equals);
    }

    /** The SecretScope that had an entry, and was deleted. */
    Optional<String> departed(String entry) {
        return gathered.departed().stream()
                .filter(scope -> entry(scope, entry).isPresent())
                .map(scope -> scope.getMetadata().getName())
                .findFirst();
    }

    private Stream<SecretEntry> entries() {
        return scopes.stream().flatMap(scope -> scope.getSpec().entries().stream());
    }

    private static Optional<SecretEntry> entry(SecretScope scope, String name) {
        return scope.getSpec().entries().stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst();
    }

    private static <T extends HasMetadata> List<T> oldestFirst(List<T> resources) {
        return resources.stream()
                .filter(it -> it.getMetadata().getDeletionTimestamp() == null)
                .sorted(Seniority.OLDEST_FIRST)
                .toList();
    }

    static String names(Stream<String> names) {
        var list = names.sorted().distinct().collect(Collectors.joining(", "));
        return list.isEmpty() ? "none" : list;
    }
}
