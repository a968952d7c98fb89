package dev.bulkhead.cli.plan;

import dev.bulkhead.api.v1alpha1.Environment;
import dev.bulkhead.api.v1alpha1.PlatformEdges;
import dev.bulkhead.api.v1alpha1.ReconcileMode;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.apply.Origin;
import dev.bulkhead.cli.manifest.Manifests;
import dev.bulkhead.cli.plan.Remark.Weight;
import dev.bulkhead.cluster.Capabilities;
import dev.bulkhead.environment.Acceptance;
import dev.bulkhead.environment.Drafting;
import dev.bulkhead.environment.EnvironmentPlanner;
import dev.bulkhead.environment.Gathered;
import dev.bulkhead.environment.Gatherer;
import dev.bulkhead.environment.Gathering;
import dev.bulkhead.environment.Verdict;
import dev.bulkhead.environment.pillar.Prospect;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Plans every environment of some files, by what the operator itself plans with. */
public final class FolderPlanner {

    /** A field, as rules name it: {@code spec.namespaces[0].quota}. */
    private static final Pattern FIELD = Pattern.compile("\\bspec(?:\\.[A-Za-z]+|\\[[0-9]+])+");

    private final Manifests manifests;
    private final FolderHub hub;
    private final KnownSecrets secrets;
    private final Setting setting;

    public FolderPlanner(Manifests manifests, KnownSecrets secrets, Setting setting) {
        this.manifests = manifests;
        this.hub = new FolderHub(manifests, secrets, setting.slices());
        this.secrets = secrets;
        this.setting = setting;
    }

    public List<EnvironmentPlan> plans() {
        return hub.environments().stream()
                .sorted(Comparator.comparing(it -> EnvironmentId.of(it).toString()))
                .map(this::plan)
                .toList();
    }

    /** What belongs to an environment that isn't in the files, and so is in no plan. */
    List<Remark> strays() {
        return manifests.declared().stream()
                .flatMap(it -> Contribution.of(it.resource()).stream())
                .filter(it -> !hub.has(it.environment()))
                .map(it -> remark(
                        it.environment(),
                        it.origin(),
                        Weight.WAITS,
                        "spec.environmentRef.name: Environment %s isn't in the files, so this is in no plan. Name its file with another -f"
                                .formatted(it.environment())))
                .toList();
    }

    private EnvironmentPlan plan(Environment environment) {
        return switch (new Gatherer(hub).gather(environment, List.of())) {
            case Gathering.Missing missing ->
                impossible(
                        environment,
                        Stream.of(missing.message() + ". If it is in other files, name them with another -f"));
            case Gathered gathered -> plan(gathered);
        };
    }

    private EnvironmentPlan plan(Gathered gathered) {
        var target = setting.capabilities().apply(gathered.cluster());
        var slices = setting.slices().apply(EnvironmentId.of(gathered.environment()));
        var acceptance = Acceptance.of(gathered, target, Set.of(), slices);
        if (!acceptance.problems().isEmpty()) {
            return impossible(
                    gathered.environment(), acceptance.problems().stream().map(Verdict.Refused::message));
        }
        var id = EnvironmentId.of(gathered.environment());
        var draft = new Drafting(setting.hubId(), slices)
                .draft(gathered, acceptance, target, setting.adoptions().apply(id));
        var remarks = new ArrayList<Remark>();
        acceptance.verdicts().forEach((origin, verdict) -> remark(id, origin, verdict)
                .ifPresent(remarks::add));
        remarks.addAll(notes(gathered, draft.blueprint().capabilities()));
        var plan = new EnvironmentPlanner().plan(draft.blueprint());
        if (new Prospect(draft.blueprint(), plan).isUntold()) {
            remarks.add(remark(
                    id,
                    Origin.environment(id.name()),
                    Weight.NOTE,
                    "spec.mesh: what cluster %s serves isn't known, so neither is what the mesh is told, nor who reaches whom. Say it with --capabilities"
                            .formatted(gathered.cluster())));
        }
        return new EnvironmentPlan.Made(
                id,
                gathered.cluster(),
                draft.blueprint(),
                plan,
                accepted(gathered, acceptance),
                remarks.stream().sorted().toList());
    }

    private Map<Origin, HasMetadata> accepted(Gathered gathered, Acceptance acceptance) {
        var accepted = new TreeMap<Origin, HasMetadata>(Comparator.comparing(Origin::toString));
        hub.contributors(EnvironmentId.of(gathered.environment())).forEach((origin, contributor) -> {
            if (acceptance.verdicts().get(origin) instanceof Verdict.Accepted) {
                accepted.put(origin, contributor);
            }
        });
        return accepted;
    }

    private EnvironmentPlan impossible(Environment environment, Stream<String> messages) {
        var id = EnvironmentId.of(environment);
        return new EnvironmentPlan.Impossible(
                id,
                messages.map(it -> remark(id, Origin.environment(id.name()), Weight.REFUSED, it))
                        .toList());
    }

    private Optional<Remark> remark(EnvironmentId environment, Origin origin, Verdict verdict) {
        return switch (verdict) {
            case Verdict.Accepted _ -> Optional.empty();
            case Verdict.Holding it -> remark(environment, origin, it.why());
            case Verdict.Waiting it -> Optional.of(remark(environment, origin, Weight.WAITS, it.message()));
            case Verdict.Refused it -> Optional.of(remark(environment, origin, Weight.REFUSED, it.message()));
        };
    }

    private List<Remark> notes(Gathered gathered, Capabilities of) {
        var id = EnvironmentId.of(gathered.environment());
        var notes = new ArrayList<Remark>();
        var mode = gathered.environment().getSpec().reconcile();
        if (mode != ReconcileMode.Apply) {
            notes.add(remark(
                    id,
                    Origin.environment(id.name()),
                    Weight.NOTE,
                    "spec.reconcile is %s, so none of this would be written".formatted(mode)));
        }
        secrets.assumed().stream()
                .filter(it -> it.namespace().equals(id.namespace()))
                .forEach(it -> gathered.secretScopes().stream()
                        .filter(scope -> scope.getSpec().entries().stream()
                                .anyMatch(entry -> entry.from() != null
                                        && entry.from().secretRef().equals(it.ref())))
                        .findFirst()
                        .ifPresent(scope -> notes.add(remark(
                                id,
                                Origin.secretScope(scope.getMetadata().getName()),
                                Weight.NOTE,
                                "Secret %s isn't in the files; its key %s is taken to be in namespace %s"
                                        .formatted(it.ref().name(), it.ref().key(), it.namespace())))));
        if (of.apiServers().isEmpty()) {
            notes.addAll(unknown(
                    gathered,
                    PlatformEdges::apiServer,
                    "spec.platform.apiServer: where the API server of cluster %s listens isn't known, so the way to it isn't"
                            + " shown. Say it with --capabilities"));
        }
        if (of.nodes().isEmpty()) {
            notes.addAll(unknown(
                    gathered,
                    PlatformEdges::webhooks,
                    "spec.platform.webhooks: from where the nodes of cluster %s call isn't known, so they aren't shown. Say it"
                            + " with --capabilities"));
        }
        return notes;
    }

    /** Of what a set asks for, and a cluster would have to be known for. */
    private List<Remark> unknown(Gathered gathered, Function<PlatformEdges, @Nullable Object> asked, String note) {
        return gathered.networkPolicySets().stream()
                .filter(set -> set.getSpec().platform() != null
                        && asked.apply(set.getSpec().platform()) != null)
                .map(set -> remark(
                        EnvironmentId.of(gathered.environment()),
                        Origin.networkPolicySet(set.getMetadata().getName()),
                        Weight.NOTE,
                        note.formatted(gathered.cluster())))
                .toList();
    }

    private Remark remark(EnvironmentId environment, Origin origin, Weight weight, String message) {
        var document = manifests.document(origin.kind().kind(), environment.namespace(), origin.name());
        var place = document.map(it -> it.at(field(message))).orElseThrow();
        return new Remark(
                place,
                weight,
                "%s %s/%s".formatted(origin.kind().kind(), environment.namespace(), origin.name()),
                message);
    }

    /** The field that a message speaks of first, step by step; none leads to the resource itself. */
    private static List<String> field(String message) {
        var match = FIELD.matcher(message);
        return match.find() ? List.of(match.group().replace("]", "").split("[.\\[]")) : List.of("metadata");
    }
}
