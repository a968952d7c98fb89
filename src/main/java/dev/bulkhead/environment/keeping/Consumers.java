package dev.bulkhead.environment.keeping;

import dev.bulkhead.api.v1alpha1.WorkloadType;
import dev.bulkhead.environment.Blueprint.WorkloadSlice;
import dev.bulkhead.environment.pillar.SecretWord;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The workloads that use an environment's secrets, and which of them have what is published. Pure.
 *
 * <p>Only those count whose pods are ours and stay: of a job that runs, and of what others deliver, nothing shows which
 * values it started with. The drain is for them.
 */
final class Consumers {

    private final List<WorkloadSlice> workloads;
    private final Usage usage;
    private final SortedMap<String, String> restarts;
    private final Map<String, String> words;
    private final Map<String, Set<String>> pods;
    private final Set<String> behind;
    private final Set<String> behindWithBrought;

    /**
     * @param wordOf the {@link SecretWord word} of what a workload uses, as it is in the target
     * @param restarts workload → the word that its pods were let through to
     */
    Consumers(
            List<WorkloadSlice> workloads,
            Usage usage,
            Function<WorkloadSlice, String> wordOf,
            SortedMap<String, String> restarts,
            Sight sight) {
        this.workloads = workloads.stream().filter(Consumers::stays).toList();
        this.usage = usage;
        this.restarts = restarts;
        this.words = this.workloads.stream().collect(Collectors.toMap(WorkloadSlice::name, wordOf, (one, _) -> one));
        this.pods = this.workloads.stream()
                .collect(Collectors.toMap(
                        WorkloadSlice::name, it -> sight.words(it.namespace(), it.name()), (one, _) -> one));
        this.behind = behind(SecretWord::made);
        this.behindWithBrought = behind(SecretWord::brought);
    }

    static boolean stays(WorkloadSlice workload) {
        return !workload.deliveredByOthers()
                && (workload.spec().type() == WorkloadType.Stateless
                        || workload.spec().type() == WorkloadType.Stateful);
    }

    private Set<String> behind(UnaryOperator<String> part) {
        return workloads.stream()
                .filter(it -> isBehind(it, part))
                .map(WorkloadSlice::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** As far as a part of their words goes: a rotation doesn't wait for what others bring. */
    private boolean isBehind(WorkloadSlice workload, UnaryOperator<String> part) {
        var word = words.get(workload.name());
        var wanted = part.apply(word);
        return Stream.concat(
                        Stream.of(restarts.getOrDefault(workload.name(), word)), pods.get(workload.name()).stream())
                .anyMatch(it -> !part.apply(it).equals(wanted));
    }

    private boolean hasOthersThan(String word, WorkloadSlice workload) {
        return pods.get(workload.name()).stream().anyMatch(it -> !it.equals(word));
    }

    /** Those who use a value of an entry, and of which a pod may have another one than the published. */
    SortedSet<String> usersBehind(KeptEntry entry) {
        return Usage.among(behind, usage.users(entry.name()));
    }

    /** Those who check others by an entry, or by what it signs, and of which a pod may go by something else. */
    SortedSet<String> acceptorsBehind(KeptEntry entry) {
        return Usage.among(behind, usage.acceptors(entry.name()));
    }

    /** Those who use a value of an entry or check others by it. */
    SortedSet<String> of(KeptEntry entry) {
        return Usage.among(words.keySet(), usage.consumers(entry.name()));
    }

    /** Those who use what another operator brings. */
    SortedSet<String> ofBrought(String entry) {
        return workloads.stream()
                .filter(it -> it.spec().secretEntries().anyMatch(entry::equals))
                .map(WorkloadSlice::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Those of which a pod may have something else than what others have brought by now. */
    Set<String> behindWithBrought() {
        return behindWithBrought;
    }

    /** Those of these workloads whose pods are ours and stay. */
    SortedSet<String> among(SortedSet<String> names) {
        return Usage.among(words.keySet(), names);
    }

    /** Those of these workloads of which a pod may have something else than what is published. */
    SortedSet<String> behind(SortedSet<String> names) {
        return Usage.among(behind, names);
    }

    /**
     * Lets workloads through to what is published, one after the other.
     *
     * @param settled entries whose published values are in the target since the look before: a kubelet that hands out what
     *     it has cached would else start a pod with the value before
     * @param most how many may be restarting at once
     * @return workload → the word that its pods may be at
     */
    SortedMap<String, String> letThrough(Set<String> settled, int most) {
        var after = new TreeMap<String, String>();
        var restarting = workloads.stream()
                .filter(it -> restarts.containsKey(it.name()))
                .filter(it -> hasOthersThan(restarts.get(it.name()), it))
                .count();
        for (var workload : workloads) {
            var word = words.get(workload.name());
            var before = restarts.get(workload.name());
            if (before == null || before.equals(word)) {
                after.put(workload.name(), word);
            } else if (restarting < most && isSettled(workload, settled)) {
                after.put(workload.name(), word);
                restarting++;
            } else {
                after.put(workload.name(), before);
            }
        }
        return after;
    }

    /** How many are at it, when they were let through to these words. */
    int restarting(Map<String, String> after) {
        return (int) workloads.stream()
                .filter(it -> after.containsKey(it.name()) && hasOthersThan(after.get(it.name()), it))
                .count();
    }

    private boolean isSettled(WorkloadSlice workload, Set<String> settled) {
        return settled.containsAll(usage.sources(workload.name()));
    }
}
