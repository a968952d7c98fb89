package dev.bulkhead.cli.plan;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bulkhead.apply.Difference;
import dev.bulkhead.apply.Entry;
import dev.bulkhead.apply.Entry.ObjectEntry;
import dev.bulkhead.apply.Entry.SecretEntry;
import dev.bulkhead.apply.Kind;
import dev.bulkhead.apply.Plan;
import dev.bulkhead.apply.Ref;
import dev.bulkhead.cli.plan.Change.How;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One plan beside the one before it.
 *
 * @param unchanged how many objects stay as they are
 * @param opened what may be called from now on, in words
 * @param closed what may not be called any more
 */
public record Comparison(List<Change> changes, int unchanged, List<String> opened, List<String> closed) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};
    private static final Set<Kind> REPLACES_PODS = Set.of(Kind.DEPLOYMENT, Kind.STATEFUL_SET);
    private static final Comparator<Change> ORDER = Comparator.<Change, String>comparing(
                    it -> it.ref().home())
            .thenComparing(it -> it.ref().kind())
            .thenComparing(it -> it.ref().name());
    private static final String EDGE = "bulkhead.dev/edge";

    static Comparison between(Plan before, Plan after) {
        var old = before.byRef();
        var next = after.byRef();
        var refs = new TreeSet<>(old.keySet());
        refs.addAll(next.keySet());
        var changes = refs.stream()
                .flatMap(ref -> change(ref, old.get(ref), next.get(ref)).stream())
                .sorted(ORDER)
                .toList();
        return new Comparison(
                changes,
                (int) next.keySet().stream().filter(old::containsKey).count() - count(changes, How.CHANGED),
                without(edges(after), edges(before)),
                without(edges(before), edges(after)));
    }

    public int count(How how) {
        return count(changes, how);
    }

    public List<Change> restarts() {
        return changes.stream().filter(Change::restarts).toList();
    }

    public boolean isNothing() {
        return changes.isEmpty();
    }

    private static int count(List<Change> changes, How how) {
        return (int) changes.stream().filter(it -> it.how() == how).count();
    }

    private static Optional<Change> change(Ref ref, Entry old, Entry next) {
        if (old == null) {
            return Optional.of(new Change(ref, How.CREATED, edge(next).stream().toList(), false));
        }
        if (next == null) {
            return Optional.of(new Change(ref, How.REMOVED, edge(old).stream().toList(), false));
        }
        if (old.equals(next)) {
            return Optional.empty();
        }
        var before = tree(old);
        var after = tree(next);
        if (before.equals(after)) {
            return Optional.empty();
        }
        return Optional.of(new Change(ref, How.CHANGED, details(before, after), restarts(ref, before, after)));
    }

    private static List<String> details(Map<String, Object> before, Map<String, Object> after) {
        var details = new ArrayList<String>();
        Difference.between(before, after).forEach(it -> details.add(it.toString()));
        return details.isEmpty() ? List.of("what Bulkhead notes on it for itself") : details;
    }

    private static boolean restarts(Ref ref, Map<String, Object> before, Map<String, Object> after) {
        return REPLACES_PODS.contains(ref.kind()) && !Objects.equals(template(before), template(after));
    }

    private static Object template(Map<String, Object> object) {
        return object.get("spec") instanceof Map<?, ?> spec ? spec.get("template") : null;
    }

    /** A secret's values aren't in a plan: where they come from is, and which version they are. */
    private static Map<String, Object> tree(Entry entry) {
        return switch (entry) {
            case ObjectEntry it -> JSON.convertValue(it.object(), TREE);
            case SecretEntry it -> {
                var tree = new TreeMap<String, Object>();
                it.sources()
                        .forEach((key, source) ->
                                tree.put("key " + key, "key %s of Secret %s".formatted(source.key(), source.secret())));
                tree.put("values", "version " + it.version());
                yield tree;
            }
        };
    }

    private static Set<String> edges(Plan plan) {
        return plan.entries().stream().flatMap(it -> edge(it).stream()).collect(Collectors.toCollection(TreeSet::new));
    }

    /** What a policy opens, as the planner notes it on it. */
    private static Optional<String> edge(Entry entry) {
        return entry instanceof ObjectEntry it && entry.ref().kind() == Kind.NETWORK_POLICY
                ? Optional.ofNullable(it.object().getMetadata().getAnnotations())
                        .map(all -> all.get(EDGE))
                : Optional.empty();
    }

    private static List<String> without(Set<String> all, Set<String> those) {
        return all.stream().filter(it -> !those.contains(it)).toList();
    }
}
