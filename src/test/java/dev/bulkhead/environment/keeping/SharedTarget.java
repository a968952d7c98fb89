package dev.bulkhead.environment.keeping;

import dev.bulkhead.apply.Entry.Source;
import dev.bulkhead.apply.Ref;
import dev.bulkhead.environment.Blueprint.SecretMaterial;
import dev.bulkhead.secrets.rotation.HookState;
import dev.bulkhead.secrets.rotation.HookStep;
import dev.bulkhead.secrets.rotation.Line;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A target with one Secret and the pods that were started with it. */
class SharedTarget implements Sight {

    /** What somebody has who was given the Secret. */
    record Given(int use, Set<Integer> accept, long pointer) {}

    record Pod(String word, Given has) {}

    final String secret;
    final Map<String, List<Pod>> pods = new HashMap<>();

    @Nullable
    Given shown;

    private final Map<String, String> templates = new HashMap<>();

    SharedTarget(String secret) {
        this.secret = secret;
    }

    /** @return whether it is as planned now */
    boolean shows(SecretMaterial material, IntPredicate readable) {
        var given = new Given(
                versions(material.keys().get("value").source()).findFirst().orElseThrow(),
                versions(material.keys().get("accepted").source()).collect(Collectors.toSet()),
                material.pointer());
        var isReadable =
                Stream.concat(Stream.of(given.use()), given.accept().stream()).allMatch(readable::test);
        if (!isReadable || shown != null && shown.pointer() > given.pointer()) {
            return false;
        }
        shown = given;
        return true;
    }

    private static Stream<Integer> versions(Source source) {
        return switch (source) {
            case Source.Copy copy -> Stream.of(Integer.parseInt(copy.secret().substring(1)));
            case Source.Lines lines -> lines.parts().stream().flatMap(SharedTarget::versions);
            case Source.SingleLines _, Source.KeySet _, Source.Text _ ->
                throw new IllegalArgumentException("no key of a token: " + source);
        };
    }

    void forget() {
        shown = null;
        pods.clear();
        templates.clear();
    }

    void starts(String workload, String word) {
        templates.put(workload, word);
        var given = shown;
        if (given != null && !pods.containsKey(workload)) {
            pods.put(workload, new ArrayList<>(List.of(new Pod(word, given), new Pod(word, given))));
        }
    }

    /** A pod ends, and another one of the template starts with what the Secret holds now. */
    void rolls(Random random, boolean anyOfThem) {
        var workloads = List.copyOf(pods.keySet());
        var given = shown;
        if (workloads.isEmpty() || given == null) {
            return;
        }
        var workload = workloads.get(random.nextInt(workloads.size()));
        var of = pods.get(workload);
        var index = random.nextInt(of.size());
        if (anyOfThem || !of.get(index).word().equals(templates.get(workload))) {
            of.set(index, new Pod(templates.get(workload), given));
        }
    }

    /** The versions that are used, by those who run, and by whoever would start now. */
    Stream<Integer> used() {
        return Stream.concat(Stream.ofNullable(shown), having("value")).map(Given::use);
    }

    /** What each of those accepts who check. */
    Stream<Set<Integer>> accepted() {
        return Stream.concat(Stream.ofNullable(shown), having("accepted")).map(Given::accept);
    }

    private Stream<Given> having(String key) {
        return pods.getOrDefault(key, List.of()).stream().map(Pod::has);
    }

    boolean isAt(int version) {
        return used().allMatch(it -> it == version) && accepted().allMatch(Set.of(version)::equals);
    }

    @Override
    public Set<String> words(String namespace, String workload) {
        return pods.getOrDefault(workload, List.of()).stream().map(Pod::word).collect(Collectors.toSet());
    }

    @Override
    public Optional<Map<String, String>> brought(Ref secret) {
        return Optional.empty();
    }

    @Override
    public Map<HookStep, HookState> hooks(String entry, Line line) {
        return Map.of();
    }

    @Override
    public long pointer(Ref secret) {
        return shown == null ? 0 : shown.pointer();
    }

    @Override
    public int published(String entry) {
        return shown == null ? 0 : shown.use();
    }
}
