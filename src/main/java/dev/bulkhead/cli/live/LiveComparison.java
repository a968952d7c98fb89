package dev.bulkhead.cli.live;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bulkhead.apply.Adoptions;
import dev.bulkhead.apply.Entry;
import dev.bulkhead.apply.Entry.ObjectEntry;
import dev.bulkhead.apply.Entry.SecretEntry;
import dev.bulkhead.apply.Kind;
import dev.bulkhead.apply.Origin;
import dev.bulkhead.apply.Ownership;
import dev.bulkhead.apply.Ref;
import dev.bulkhead.cli.plan.Change;
import dev.bulkhead.cli.plan.Change.How;
import dev.bulkhead.cli.plan.Comparison;
import dev.bulkhead.cli.plan.EnvironmentPlan.Made;
import dev.bulkhead.cli.plan.ReachChange;
import dev.bulkhead.cluster.ReadOnlyTarget;
import dev.bulkhead.environment.Blueprint.PublishedKey;
import dev.bulkhead.environment.pillar.PodTemplate;
import dev.bulkhead.environment.pillar.Prospect;
import dev.bulkhead.secrets.material.Keys;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A plan beside what is in the cluster. The API server is asked what each object would become: it alone knows its
 * defaults, what it merges and what it refuses.
 */
final class LiveComparison {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};

    private final ReadOnlyTarget target;
    private final Ownership ownership;
    private final Adoptions adoptions;
    private final HubValues values;
    private final Made made;
    private final Map<Ref, GenericKubernetesResource> owned = new TreeMap<>();
    private final List<Change> changes = new ArrayList<>();
    private final List<Refusal> refusals = new ArrayList<>();

    /** What the cluster doesn't take, and of whom. */
    record Refusal(Origin origin, String message) {}

    record Result(Comparison comparison, ReachChange reach, List<Refusal> refusals) {}

    private LiveComparison(ReadOnlyTarget target, Made made, HubValues values) {
        this.target = target;
        this.ownership = made.blueprint().ownership();
        this.adoptions = made.blueprint().adoptions();
        this.values = values;
        this.made = made;
        target.owned(ownership).forEach(it -> owned.put(Ref.of(it), it));
    }

    static Result of(ReadOnlyTarget target, Made made, HubValues values) {
        return new LiveComparison(target, made, values).compare();
    }

    private Result compare() {
        var planned = made.plan().byRef();
        planned.values().forEach(this::look);
        owned.keySet().stream()
                .filter(it -> !planned.containsKey(it) && !isOwnAccess(it))
                .forEach(it -> changes.add(new Change(it, How.REMOVED, edge(owned.get(it)), false)));
        var touched = changes.stream().map(Change::ref).collect(Collectors.toSet());
        var unchanged =
                planned.keySet().stream().filter(it -> !touched.contains(it)).count();
        var comparison = new Comparison(changes, (int) unchanged - refusals.size());
        return new Result(comparison, reach(), List.copyOf(refusals));
    }

    private ReachChange reach() {
        var then = made.prospect();
        return ReachChange.between(
                then.with(owned.values().stream().map(LiveComparison::typed).toList()),
                Prospect.world(List.of(then), made.blueprint().capabilities()));
    }

    private static HasMetadata typed(GenericKubernetesResource object) {
        return switch (Kind.of(object)) {
            case NAMESPACE -> JSON.convertValue(object, Namespace.class);
            case NETWORK_POLICY -> JSON.convertValue(object, NetworkPolicy.class);
            case DEPLOYMENT -> JSON.convertValue(object, Deployment.class);
            case STATEFUL_SET -> JSON.convertValue(object, StatefulSet.class);
            case JOB -> JSON.convertValue(object, Job.class);
            case CRON_JOB -> JSON.convertValue(object, CronJob.class);
            default -> object;
        };
    }

    /** Who the operator is can't be told from outside, so what it binds to itself isn't in the plan. */
    private static boolean isOwnAccess(Ref ref) {
        return ref.kind() == Kind.ROLE_BINDING && ref.name().equals(Ownership.OPERATOR_ROLE);
    }

    private void look(Entry entry) {
        try {
            var ref = entry.ref();
            var live = Optional.ofNullable(owned.get(ref)).or(() -> target.get(ref));
            if (live.isEmpty()) {
                absent(entry);
            } else if (!owned.containsKey(ref) && adoptions.find(ref).isEmpty()) {
                refusals.add(new Refusal(
                        entry.origin(),
                        "%s is there, and isn't of this environment. Remove it, or have it adopted".formatted(ref)));
            } else {
                present(entry, live.get());
            }
        } catch (KubernetesClientException e) {
            refusals.add(new Refusal(entry.origin(), refusal(entry, e)));
        }
    }

    private static String refusal(Entry entry, KubernetesClientException e) {
        // Nothing but what the server says of it: an exception's own words may hold the whole object.
        if (e.getStatus() == null) {
            throw e;
        }
        return "%s: the API server refused it: %s"
                .formatted(entry.ref(), e.getStatus().getMessage());
    }

    /** In a namespace that isn't there yet nothing can be tried. */
    private void absent(Entry entry) {
        var ref = entry.ref();
        if (entry instanceof ObjectEntry object
                && (ref.namespace().isEmpty() || owned.containsKey(Ref.namespace(ref.namespace())))) {
            target.tried(ref, generic(object));
        }
        changes.add(new Change(
                ref, How.CREATED, entry instanceof ObjectEntry object ? edge(object.object()) : List.of(), false));
    }

    private void present(Entry entry, GenericKubernetesResource live) {
        switch (entry) {
            case ObjectEntry it -> {
                var then = target.tried(it.ref(), withWord(generic(it), live));
                var change = Change.between(it.ref(), JSON.convertValue(live, TREE), JSON.convertValue(then, TREE));
                if (change.isSeen()) {
                    changes.add(change);
                }
            }
            case SecretEntry it -> {
                var details = keys(it, live);
                if (!details.isEmpty()) {
                    changes.add(new Change(it.ref(), How.CHANGED, details, false));
                }
            }
        }
    }

    private List<String> keys(SecretEntry entry, GenericKubernetesResource live) {
        var there = new TreeSet<String>();
        if (live.get("data") instanceof Map<?, ?> data) {
            data.keySet().forEach(it -> there.add(it.toString()));
        }
        var keys = new TreeSet<>(there);
        // What is still accepted of the version before comes and goes.
        keys.removeIf(it -> it.endsWith(PublishedKey.PREVIOUS));
        keys.addAll(entry.sources().keySet());
        return keys.stream()
                .filter(it -> !entry.sources().containsKey(it)
                        || !there.contains(it)
                        || it.equals(Keys.VALUE) && values.differ(entry.ref(), live))
                .map("key %s: changed (by its keyed hash)"::formatted)
                .toList();
    }

    /** Which versions pods start with is told by the vault, which nobody but the operator reads: it is taken as it is. */
    private GenericKubernetesResource withWord(GenericKubernetesResource planned, GenericKubernetesResource live) {
        String word = live.get("spec", "template", "metadata", "annotations", PodTemplate.SECRET_VERSION);
        Map<String, Object> annotations = planned.get("spec", "template", "metadata", "annotations");
        if (word != null && annotations != null && !usesAnother(Ref.of(planned))) {
            annotations.computeIfPresent(PodTemplate.SECRET_VERSION, (_, _) -> word);
        }
        return planned;
    }

    /** Whether a workload uses a value of the hub's that isn't the published one. */
    private boolean usesAnother(Ref controller) {
        return made.blueprint().workloads().stream()
                .filter(it -> it.namespace().equals(controller.namespace())
                        && it.name().equals(controller.name()))
                .flatMap(it -> it.spec().secretEntries())
                .map(entry -> new Ref(Kind.SECRET, controller.namespace(), entry))
                .flatMap(ref -> made.plan().entries().stream()
                        .filter(it -> it instanceof SecretEntry && it.ref().equals(ref)))
                .anyMatch(it -> owned.containsKey(it.ref()) && values.differ(it.ref(), owned.get(it.ref())));
    }

    private static GenericKubernetesResource generic(ObjectEntry entry) {
        return JSON.convertValue(entry.object(), GenericKubernetesResource.class);
    }

    private static List<String> edge(HasMetadata object) {
        return Comparison.edge(object).stream().toList();
    }
}
