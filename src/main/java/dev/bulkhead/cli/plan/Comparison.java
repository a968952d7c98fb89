package dev.bulkhead.cli.plan;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bulkhead.apply.Entry;
import dev.bulkhead.apply.Entry.ObjectEntry;
import dev.bulkhead.apply.Entry.SecretEntry;
import dev.bulkhead.apply.Kind;
import dev.bulkhead.apply.Plan;
import dev.bulkhead.apply.Ref;
import dev.bulkhead.cli.plan.Change.How;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One plan beside the one before it.
 *
 * @param unchanged how many objects stay as they are
 */
public record Comparison(List<Change> changes, int unchanged) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};
    private static final Comparator<Change> ORDER = Comparator.<Change, String>comparing(
                    it -> it.ref().home())
            .thenComparing(it -> it.ref().kind())
            .thenComparing(it -> it.ref().name());
    private static final String EDGE = "bulkhead.dev/edge";

    public Comparison {
        changes = changes.stream().sorted(ORDER).toList();
    }

    static Comparison between(Plan before, Plan after) {
        var old = before.byRef();
        var next = after.byRef();
        var refs = new TreeSet<>(old.keySet());
        refs.addAll(next.keySet());
        var changes = refs.stream()
                .flatMap(ref -> change(ref, old.get(ref), next.get(ref)).stream())
                .toList();
        var both = (int) next.keySet().stream().filter(old::containsKey).count();
        return new Comparison(changes, both - count(changes, How.CHANGED));
    }

    /** What a policy opens, as the planner notes it on it. */
    public static Optional<String> edge(HasMetadata object) {
        return object.getKind().equals(Kind.NETWORK_POLICY.kind())
                ? Optional.ofNullable(object.getMetadata().getAnnotations()).map(all -> all.get(EDGE))
                : Optional.empty();
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
        return Optional.of(Change.between(ref, before, after));
    }

    /** A secret's values aren't in a plan: where they come from is, and which version they are. */
    private static Map<String, Object> tree(Entry entry) {
        return switch (entry) {
            case ObjectEntry it -> JSON.convertValue(it.object(), TREE);
            case SecretEntry it -> {
                var tree = new TreeMap<String, Object>();
                it.sources().forEach((key, source) -> tree.put("key " + key, SourceWords.of(source)));
                tree.put("values", "version " + it.version());
                yield tree;
            }
        };
    }

    private static Optional<String> edge(Entry entry) {
        return entry instanceof ObjectEntry it ? edge(it.object()) : Optional.empty();
    }
}
