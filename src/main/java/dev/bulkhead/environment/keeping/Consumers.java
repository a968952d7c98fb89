package dev.bulkhead.environment.keeping;

import dev.bulkhead.api.v1alpha1.EnvironmentVariable;
import dev.bulkhead.api.v1alpha1.WorkloadType;
import dev.bulkhead.environment.Blueprint.SecretMaterial;
import dev.bulkhead.environment.Blueprint.WorkloadSlice;
import dev.bulkhead.environment.pillar.SecretWord;
import dev.bulkhead.secrets.material.KeyRole;
import dev.bulkhead.secrets.material.Keys;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The workloads that use an environment's secrets, and which of them have what is published. Pure.
 *
 * <p>Only those count whose pods are ours and stay: of a job that runs, and of what others deliver, nothing shows which
 * values it started with. The drain is for them.
 *
 * @param secrets what is published
 * @param restarts workload → the word that its pods were let through to
 */
record Consumers(
        List<WorkloadSlice> workloads,
        Entries entries,
        Map<String, SecretMaterial> secrets,
        SortedMap<String, String> restarts,
        Sight sight) {

    Consumers {
        workloads = workloads.stream().filter(Consumers::stays).toList();
    }

    private static boolean stays(WorkloadSlice workload) {
        return !workload.deliveredByOthers()
                && (workload.spec().type() == WorkloadType.Stateless
                        || workload.spec().type() == WorkloadType.Stateful);
    }

    /** Those who use a value of an entry, and of which a pod may have another one than the published. */
    SortedSet<String> usersBehind(KeptEntry entry) {
        return behind(workload -> uses(workload, List.of(entry), KeyRole.USE));
    }

    /** Those who check others by an entry, or by what it signs, and of which a pod may go by something else. */
    SortedSet<String> acceptorsBehind(KeptEntry entry) {
        var anchored = entries.all().stream()
                .filter(it -> it.anchor().equals(entry.name()))
                .toList();
        return behind(workload -> uses(workload, anchored, KeyRole.ACCEPT));
    }

    /** Those who use a value of an entry or check others by it. */
    SortedSet<String> of(KeptEntry entry) {
        return names(workload ->
                uses(workload, List.of(entry), KeyRole.USE) || uses(workload, List.of(entry), KeyRole.ACCEPT));
    }

    boolean isBehind(String workload) {
        return workloads.stream().anyMatch(it -> it.name().equals(workload) && isBehind(it));
    }

    private SortedSet<String> behind(Predicate<WorkloadSlice> concerned) {
        return names(workload -> concerned.test(workload) && isBehind(workload));
    }

    private SortedSet<String> names(Predicate<WorkloadSlice> wanted) {
        return workloads.stream()
                .filter(wanted)
                .map(WorkloadSlice::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private boolean isBehind(WorkloadSlice workload) {
        var word = SecretWord.of(workload, secrets);
        return !restarts.getOrDefault(workload.name(), word).equals(word) || hasOthersThan(word, workload);
    }

    private boolean hasOthersThan(String word, WorkloadSlice workload) {
        return sight.words(workload.namespace(), workload.name()).stream().anyMatch(it -> !it.equals(word));
    }

    private boolean uses(WorkloadSlice workload, Collection<KeptEntry> wanted, KeyRole role) {
        return wanted.stream()
                .anyMatch(entry -> Keys.own(entry.entry()).entrySet().stream()
                                .anyMatch(key -> key.getValue() == role && names(workload, entry.name(), key.getKey()))
                        || role == KeyRole.USE
                                && entries.with(entry).anyMatch(blend -> names(workload, blend.entry(), blend.key())));
    }

    private static boolean names(WorkloadSlice workload, String entry, String key) {
        return workload.spec().secrets().stream()
                        .anyMatch(mount -> mount.entry().equals(entry))
                || workload.spec().env().stream()
                        .map(EnvironmentVariable::secretRef)
                        .filter(Objects::nonNull)
                        .anyMatch(reference -> reference.entry().equals(entry)
                                && reference.key().equals(key));
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
            var word = SecretWord.of(workload, secrets);
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

    private boolean isSettled(WorkloadSlice workload, Set<String> settled) {
        return entries.all().stream()
                .filter(entry ->
                        uses(workload, List.of(entry), KeyRole.USE) || uses(workload, List.of(entry), KeyRole.ACCEPT))
                .allMatch(entry -> settled.contains(entry.name()) && settled.contains(entry.anchor()));
    }
}
