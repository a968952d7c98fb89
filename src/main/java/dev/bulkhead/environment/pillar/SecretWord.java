package dev.bulkhead.environment.pillar;

import dev.bulkhead.api.v1alpha1.OnRotation;
import dev.bulkhead.api.v1alpha1.SecretMount;
import dev.bulkhead.cluster.Delivered;
import dev.bulkhead.environment.Blueprint.BroughtSecret;
import dev.bulkhead.environment.Blueprint.PublishedKey;
import dev.bulkhead.environment.Blueprint.SecretMaterial;
import dev.bulkhead.environment.Blueprint.WorkloadSlice;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One short word for all secret values that the pods of a workload use. It is on the pod template, so that they restart,
 * once, when any of them is another; and on the pods, so that it can be seen which values they started with.
 */
public final class SecretWord {

    /** Before it stands what we make, and after it what others bring. */
    private static final String AND = ".";

    private SecretWord() {}

    /** Empty when they use none. */
    public static String of(
            WorkloadSlice workload, Map<String, SecretMaterial> secrets, Map<String, BroughtSecret> brought) {
        return of(new Uses(workload), secrets, brought);
    }

    /** Of those who are delivered by others: of all keys of what they list. */
    public static String of(
            Delivered delivered, Map<String, SecretMaterial> secrets, Map<String, BroughtSecret> brought) {
        return of(
                new Uses(delivered.namespace(), delivered.entries(), delivered.entries(), Map.of()), secrets, brought);
    }

    private static String of(Uses uses, Map<String, SecretMaterial> secrets, Map<String, BroughtSecret> brought) {
        var made = made(uses, secrets);
        var replaced = replaced(uses, brought);
        return (made.isEmpty() ? "" : ContentHash.of(made))
                + (replaced.isEmpty() ? "" : AND + ContentHash.of(replaced));
    }

    /** The part of a word that is about what we make: a rotation waits for nothing else. */
    public static String made(String word) {
        return word.split(Pattern.quote(AND), 2)[0];
    }

    /** The part that is about what others bring. */
    public static String brought(String word) {
        return word.substring(made(word).length());
    }

    /** The keys that a workload restarts for. */
    private record Uses(
            String namespace, SortedSet<String> entries, Set<String> mounted, Map<String, Set<String>> named) {

        Uses(WorkloadSlice workload) {
            this(
                    workload.namespace(),
                    Secrets.usedBy(workload),
                    workload.spec().secrets().stream()
                            .filter(mount -> mount.onRotation() == OnRotation.Restart)
                            .map(SecretMount::entry)
                            .collect(Collectors.toSet()),
                    workload.spec().secretKeys());
        }

        /** Of a whole Secret that is mounted, the values before those in use don't count: nobody restarts for one that goes. */
        boolean has(String entry, String key) {
            return named.getOrDefault(entry, Set.of()).contains(key)
                    || (mounted.contains(entry) && !key.endsWith(PublishedKey.PREVIOUS));
        }
    }

    private static List<String> made(Uses uses, Map<String, SecretMaterial> secrets) {
        return uses.entries().stream()
                .map(secrets::get)
                .filter(Objects::nonNull)
                .flatMap(material -> words(material, key -> uses.has(material.entry(), key)))
                .toList();
    }

    private static List<String> replaced(Uses uses, Map<String, BroughtSecret> brought) {
        return uses.entries().stream()
                .filter(brought::containsKey)
                .flatMap(entry -> new TreeMap<>(brought.get(entry).replaced().getOrDefault(uses.namespace(), Map.of()))
                        .entrySet().stream()
                                .filter(key -> uses.has(entry, key.getKey()))
                                .flatMap(key -> Stream.of(entry + "/" + key.getKey(), key.getValue())))
                .toList();
    }

    static Stream<String> words(SecretMaterial material, Predicate<String> used) {
        return new TreeMap<>(material.keys())
                .entrySet().stream()
                        .filter(key -> used.test(key.getKey()))
                        .filter(key -> !key.getValue().word().isEmpty())
                        .flatMap(key -> Stream.of(
                                key.getKey().equals(SecretMaterial.VALUE)
                                        ? material.entry()
                                        : material.entry() + "/" + key.getKey(),
                                key.getValue().word()));
    }
}
