package dev.bulkhead.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.apply.Entry;
import dev.bulkhead.apply.Entry.ObjectEntry;
import dev.bulkhead.apply.Entry.SecretEntry;
import dev.bulkhead.apply.Ownership;
import dev.bulkhead.apply.Plan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One golden case: {@code in-case.yaml} says in a sentence what it shows, the other {@code in-*} files are the world,
 * and the {@code out-*} files what is planned in it, one per kind. A case may show some kinds only.
 *
 * <p>The marks of ownership are checked on every object, and left out of the files.
 */
record PlanFolder(Path folder) {

    private static final String CASE = "in-case.yaml";
    private static final String SEPARATOR = "---\n";

    /**
     * @param says what the case shows
     * @param shows the kinds that have a file; absent: all
     */
    private record Case(String says, List<String> shows) {

        boolean shows(Entry entry) {
            return shows == null || shows.contains(entry.ref().kind().kind());
        }
    }

    @Override
    public String toString() {
        return folder.getFileName().toString();
    }

    String says() {
        return described().says();
    }

    /** File name → what should stand in it. */
    Map<String, String> planned() {
        var world = World.in(folder);
        var acceptance = world.acceptance();
        var files = new TreeMap<>(verdicts(acceptance));
        if (acceptance.problems().isEmpty()) {
            var blueprint = world.blueprint();
            files.putAll(entries(new EnvironmentPlanner().plan(blueprint), blueprint.ownership()));
        }
        return files;
    }

    /** File name → what stands in it. */
    Map<String, String> written() {
        try (var files = Files.list(folder)) {
            return files.filter(it -> !it.getFileName().toString().startsWith("in-"))
                    .collect(Collectors.toMap(
                            it -> it.getFileName().toString(), PlanFolder::content, (one, _) -> one, TreeMap::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(Map<String, String> planned) {
        try {
            for (var stale : written().keySet()) {
                Files.delete(folder.resolve(stale));
            }
            for (var file : planned.entrySet()) {
                Files.writeString(folder.resolve(file.getKey()), file.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Case described() {
        return Manifest.read(folder.resolve(CASE)).getFirst().as(Case.class);
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> verdicts(Acceptance acceptance) {
        var said = new TreeMap<String, Verdict>();
        acceptance.verdicts().forEach((origin, verdict) -> said.put(origin.toString(), verdict));
        said.values().removeIf(verdict -> verdict instanceof Verdict.Accepted);
        var lines = new StringBuilder();
        acceptance
                .problems()
                .forEach(it ->
                        lines.append(line("Environment refused", it.reason().name(), it.message())));
        said.forEach((origin, verdict) -> lines.append(said(origin, verdict)));
        return lines.isEmpty() ? Map.of() : Map.of("out-verdicts.txt", lines.toString());
    }

    private static String said(String origin, Verdict verdict) {
        return switch (verdict) {
            case Verdict.Accepted _ -> "";
            case Verdict.Holding it -> said(origin + " holds what was taken away, and", it.why());
            case Verdict.Waiting it -> line(origin + " waits", it.reason().name(), it.message());
            case Verdict.Refused it -> line(origin + " refused", it.reason().name(), it.message());
        };
    }

    private static String line(String who, String reason, String message) {
        return "%s: %s%n    %s%n".formatted(who, reason, message);
    }

    private Map<String, String> entries(Plan plan, Ownership ownership) {
        var described = described();
        var files = new TreeMap<String, String>();
        plan.byRef().values().stream()
                .filter(described::shows)
                .forEach(entry -> files.merge(
                        "out-%s.yaml".formatted(entry.ref().kind().plural()),
                        text(entry, ownership),
                        (one, other) -> one + SEPARATOR + other));
        return files;
    }

    private static String text(Entry entry, Ownership ownership) {
        var handedOver =
                entry instanceof ObjectEntry it && !it.handedOver().isEmpty() ? ", hands over " + it.handedOver() : "";
        var heading = "# %s, for %s%s%n".formatted(entry.level(), entry.origin(), handedOver);
        return heading
                + switch (entry) {
                    case ObjectEntry it -> Manifest.write(withoutMarks(Manifest.tree(it.object()), ownership));
                    case SecretEntry it -> Manifest.write(withoutMarks(secret(it), ownership));
                };
    }

    private static Map<String, Object> secret(SecretEntry entry) {
        return Manifest.tree(Map.of(
                "kind",
                "SecretEntry",
                "metadata",
                Map.of(
                        "name",
                        entry.ref().name(),
                        "namespace",
                        entry.ref().namespace(),
                        "labels",
                        entry.labels(),
                        "annotations",
                        entry.annotations()),
                "sources",
                entry.sources(),
                "version",
                entry.version()));
    }

    private static Map<String, Object> withoutMarks(Map<String, Object> object, Ownership ownership) {
        var metadata = map(object, "metadata");
        takeOut(metadata, "labels", ownership.labels());
        takeOut(metadata, "annotations", ownership.annotations());
        return object;
    }

    private static void takeOut(Map<String, Object> metadata, String field, Map<String, String> marks) {
        var all = map(metadata, field);
        assertThat(all).as("the %s of %s", field, metadata.get("name")).containsAllEntriesOf(marks);
        all.keySet().removeAll(marks.keySet());
        if (all.isEmpty()) {
            metadata.remove(field);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Map<String, Object> object, String field) {
        return (Map<String, Object>) object.getOrDefault(field, Map.of());
    }
}
