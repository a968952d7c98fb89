package dev.bulkhead.environment.pillar;

import dev.bulkhead.api.v1alpha1.EnvironmentVariable;
import dev.bulkhead.api.v1alpha1.SecretEntryRef;
import dev.bulkhead.api.v1alpha1.SecretMount;
import dev.bulkhead.environment.Blueprint.PublishedKey;
import dev.bulkhead.environment.Blueprint.SecretMaterial;
import dev.bulkhead.environment.Blueprint.WorkloadSlice;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One short word for all secret values that the pods of a workload use. It is on the pod template, so that they restart,
 * once, when any of them is another; and on the pods, so that it can be seen which values they started with.
 */
public final class SecretWord {

    private SecretWord() {}

    /** Empty when they use none. */
    public static String of(WorkloadSlice workload, Map<String, SecretMaterial> secrets) {
        var words = words(workload, secrets);
        return words.isEmpty() ? "" : ContentHash.of(words);
    }

    /** Of a whole Secret that is mounted, the values before those in use don't count: nobody restarts for one that goes. */
    private static List<String> words(WorkloadSlice workload, Map<String, SecretMaterial> secrets) {
        var mounted = workload.spec().secrets().stream().map(SecretMount::entry).collect(Collectors.toSet());
        var named = workload.spec().env().stream()
                .map(EnvironmentVariable::secretRef)
                .filter(Objects::nonNull)
                .collect(Collectors.groupingBy(
                        SecretEntryRef::entry, Collectors.mapping(SecretEntryRef::key, Collectors.toSet())));
        return Secrets.usedBy(workload).stream()
                .map(secrets::get)
                .filter(Objects::nonNull)
                .flatMap(material -> words(
                        material,
                        key -> named.getOrDefault(material.entry(), Set.of()).contains(key)
                                || (mounted.contains(material.entry()) && !key.endsWith(PublishedKey.PREVIOUS))))
                .toList();
    }

    static Stream<String> words(SecretMaterial material, Predicate<String> used) {
        return new TreeMap<>(material.keys())
                .entrySet().stream()
                        .filter(key -> used.test(key.getKey()))
                        .flatMap(key -> Stream.of(
                                key.getKey().equals(SecretMaterial.VALUE)
                                        ? material.entry()
                                        : material.entry() + "/" + key.getKey(),
                                key.getValue().word()));
    }
}
