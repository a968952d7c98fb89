package dev.bulkhead.environment.keeping;

import dev.bulkhead.api.v1alpha1.OnRotation;
import dev.bulkhead.api.v1alpha1.SecretMount;
import dev.bulkhead.cluster.Delivered;
import dev.bulkhead.environment.Blueprint.WorkloadSlice;
import dev.bulkhead.environment.keeping.Entries.Blend;
import dev.bulkhead.secrets.material.KeyRole;
import dev.bulkhead.secrets.material.Keys;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who uses which entry, by what is declared: looked up once, from the workloads, so that a thousand entries don't ask each
 * of them. Pure.
 */
final class Usage {

    private final Map<String, Map<String, KeyRole>> roles = new HashMap<>();
    private final Map<String, List<Blend>> blends;
    private final Entries entries;

    private final Map<String, SortedSet<String>> users = new HashMap<>();
    private final Map<String, SortedSet<String>> acceptors = new HashMap<>();
    private final Map<String, SortedSet<String>> consumers = new HashMap<>();
    private final Map<String, SortedSet<String>> sources = new HashMap<>();

    /** Of those who start anew with another value. */
    Usage(Collection<WorkloadSlice> workloads, Entries entries) {
        this(entries);
        workloads.forEach(workload -> {
            addMounts(workload, OnRotation.Restart);
            addVariables(workload);
        });
    }

    private Usage(Entries entries) {
        this.entries = entries;
        this.blends = entries.blends().stream().collect(Collectors.groupingBy(Blend::entry));
    }

    /** Of those who read another value from files, as far as they do. */
    static Usage reloading(Collection<WorkloadSlice> workloads, Entries entries) {
        var usage = new Usage(entries);
        workloads.forEach(workload -> usage.addMounts(workload, OnRotation.Reload));
        return usage;
    }

    /** Of those who are delivered by others, as far as they list entries. */
    static Usage listed(Collection<Delivered> delivered, Entries entries) {
        var usage = new Usage(entries);
        delivered.forEach(it -> it.entries().forEach(entry -> usage.addMounted(it.title(), entry)));
        return usage;
    }

    private void addMounts(WorkloadSlice workload, OnRotation mode) {
        workload.spec().secrets().stream()
                .filter(mount -> mount.onRotation() == mode)
                .map(SecretMount::entry)
                .forEach(entry -> addMounted(workload.name(), entry));
    }

    private void addVariables(WorkloadSlice workload) {
        workload.spec().secretKeys().forEach((entry, keys) -> addNamed(workload.name(), entry, keys));
    }

    /** Of what is mounted all keys are there. */
    private void addMounted(String workload, String entry) {
        addWithheld(workload, entry);
        roles(entry).values().forEach(role -> add(workload, entry, role));
        blends.getOrDefault(entry, List.of()).forEach(blend -> add(workload, blend));
    }

    private void addNamed(String workload, String entry, Set<String> keys) {
        addWithheld(workload, entry);
        keys.stream()
                .filter(key -> isWithheld(entry, key))
                .forEach(key -> to(sources, workload, "%s/%s".formatted(entry, key)));
        keys.stream()
                .flatMap(key -> Stream.ofNullable(roles(entry).get(key)))
                .forEach(role -> add(workload, entry, role));
        blends.getOrDefault(entry, List.of()).stream()
                .filter(blend -> keys.contains(blend.key()))
                .forEach(blend -> add(workload, blend));
    }

    /** A pod that is started anew would find nothing there. */
    private void addWithheld(String workload, String entry) {
        if (entries.withheld().contains(entry)) {
            to(sources, workload, entry);
        }
    }

    /** Of what is granted, not every key need be. */
    private boolean isWithheld(String entry, String key) {
        return entries.claims().containsKey(entry)
                && !entries.claims().get(entry).grant().keys().contains(key)
                && blends.getOrDefault(entry, List.of()).stream()
                        .noneMatch(blend -> blend.key().equals(key));
    }

    private Map<String, KeyRole> roles(String entry) {
        if (entries.claims().containsKey(entry)) {
            return entries.claims().get(entry).grant().roles();
        }
        return entries.kept().containsKey(entry)
                ? roles.computeIfAbsent(
                        entry, it -> Keys.own(entries.kept().get(it).entry()))
                : Map.of();
    }

    private void add(String workload, Blend blend) {
        blend.of().stream()
                .filter(entry ->
                        entries.kept().containsKey(entry) || entries.claims().containsKey(entry))
                .forEach(entry -> add(workload, entry, KeyRole.USE));
    }

    private void add(String workload, String entry, KeyRole role) {
        // What a claim is checked with comes with it.
        var anchor = entries.claims().containsKey(entry)
                ? entry
                : entries.kept().get(entry).anchor();
        switch (role) {
            case USE -> to(users, entry, workload);
            case ACCEPT -> to(acceptors, anchor, workload);
            case HELD -> {
                return;
            }
        }
        to(consumers, entry, workload);
        to(sources, workload, entry);
        to(sources, workload, anchor);
    }

    private static void to(Map<String, SortedSet<String>> many, String one, String added) {
        many.computeIfAbsent(one, _ -> new TreeSet<>()).add(added);
    }

    /** Those who use a value of an entry. */
    SortedSet<String> users(String entry) {
        return found(users, entry);
    }

    /** Those who check others by an entry, or by what it signs. */
    SortedSet<String> acceptors(String entry) {
        return found(acceptors, entry);
    }

    /** Those who use a value of an entry or check others by it. */
    SortedSet<String> consumers(String entry) {
        return found(consumers, entry);
    }

    /** The entries that a workload's values are made of, and what these are checked with. */
    SortedSet<String> sources(String workload) {
        return found(sources, workload);
    }

    static SortedSet<String> among(Set<String> these, SortedSet<String> names) {
        return names.stream().filter(these::contains).collect(Collectors.toCollection(TreeSet::new));
    }

    private static SortedSet<String> found(Map<String, SortedSet<String>> many, String one) {
        return Collections.unmodifiableSortedSet(many.getOrDefault(one, Collections.emptySortedSet()));
    }
}
