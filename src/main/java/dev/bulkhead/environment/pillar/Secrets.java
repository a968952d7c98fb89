package dev.bulkhead.environment.pillar;

import dev.bulkhead.apply.Entry;
import dev.bulkhead.apply.Entry.SecretEntry;
import dev.bulkhead.apply.Entry.Source;
import dev.bulkhead.apply.Kind;
import dev.bulkhead.apply.Level;
import dev.bulkhead.apply.Published;
import dev.bulkhead.apply.Ref;
import dev.bulkhead.environment.Blueprint;
import dev.bulkhead.environment.Blueprint.SecretMaterial;
import dev.bulkhead.environment.Blueprint.TargetNamespace;
import dev.bulkhead.environment.Blueprint.WorkloadSlice;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Each secret entry, in the namespaces whose workloads use it and in no other. */
public final class Secrets implements Pillar {

    @Override
    public Stream<Entry> plan(Blueprint blueprint) {
        return blueprint.namespaces().stream().flatMap(namespace -> in(blueprint, namespace));
    }

    /** The secret entries that a workload names, each once, in alphabetical order. */
    static TreeSet<String> usedBy(WorkloadSlice workload) {
        return workload.spec().secretEntries().collect(Collectors.toCollection(TreeSet::new));
    }

    static Stream<Entry> in(Blueprint blueprint, TargetNamespace namespace) {
        return blueprint.entriesUsedIn(namespace).stream()
                .map(blueprint.secrets()::get)
                .filter(Objects::nonNull)
                .map(material -> entry(blueprint, namespace, material));
    }

    private static Map<String, String> annotations(Blueprint blueprint, TargetNamespace namespace, String entry) {
        var annotations = new TreeMap<>(blueprint.ownership().annotations());
        var material = blueprint.secrets().get(entry);
        if (material.pointer() > 0) {
            annotations.put(Published.POINTER, Long.toString(material.pointer()));
            annotations.put(Published.VERSION, material.version());
        }
        if (blueprint.workloadsIn(namespace).stream()
                .anyMatch(workload -> Canaries.has(workload) && usedBy(workload).contains(entry))) {
            annotations.putAll(Canaries.NOT_COPIED);
        }
        return annotations;
    }

    private static Entry entry(Blueprint blueprint, TargetNamespace namespace, SecretMaterial material) {
        return new SecretEntry(
                new Ref(Kind.SECRET, namespace.name(), material.entry()),
                Level.FOUNDATION,
                material.origin(),
                blueprint.ownership().labels(),
                annotations(blueprint, namespace, material.entry()),
                sources(material),
                published(material));
    }

    private static Map<String, Source> sources(SecretMaterial material) {
        var sources = new TreeMap<String, Source>();
        material.keys().forEach((key, published) -> sources.put(key, published.source()));
        return sources;
    }

    /** What all keys together are at. */
    private static String published(SecretMaterial material) {
        return material.keys().size() == 1
                ? material.keys().values().iterator().next().word()
                : ContentHash.of(SecretWord.words(material, _ -> true).toList());
    }
}
