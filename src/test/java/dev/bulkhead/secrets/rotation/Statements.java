package dev.bulkhead.secrets.rotation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What must hold at every instant, whatever happens. */
final class Statements {

    private final World world;
    private final Map<String, Set<String>> everShown = new HashMap<>();
    private final Map<String, Set<String>> everAccepted = new HashMap<>();

    Statements(World world) {
        this.world = world;
    }

    /** What is wrong since somebody last asked. */
    List<String> violations() {
        if (!world.touched) {
            return List.of();
        }
        world.touched = false;
        var found = new ArrayList<String>();
        var used = new HashSet<String>();
        var accepted = new HashSet<List<String>>();
        look(used, accepted);
        readable(used, accepted, found);
        if (!world.leaping) {
            everyoneIsLetIn(used, accepted, found);
        }
        oneValuePerVersion(used, everShown, found);
        if (!world.journalWasLost) {
            accepted.forEach(it -> oneValuePerVersion(it, everAccepted, found));
            oneValuePerVersion(world.outside.values(), everAccepted, found);
        }
        world.tooSoon.forEach(it -> found.add("begun while another was draining: " + it));
        if (!world.journalWasLost) {
            onceEach(found);
        }
        return found;
    }

    /** What pods have, and what one would get that were started now. */
    private void look(Set<String> used, Set<List<String>> accepted) {
        for (var shown : world.shown) {
            if (shown != null) {
                used.add(shown.use());
                accepted.add(shown.accept());
            }
        }
        for (var consumer : world.consumers) {
            for (var pod : consumer.pods) {
                if (consumer.accepts) {
                    accepted.add(pod.accept());
                } else {
                    used.add(pod.use());
                }
            }
        }
    }

    /** (a) No value that is live outside is unreadable inside. */
    private void readable(Set<String> used, Set<List<String>> accepted, List<String> found) {
        var live = new HashSet<>(used);
        accepted.forEach(live::addAll);
        if (world.terms.revokes()) {
            live.addAll(world.outside.values());
        }
        var held = world.vault.values().stream()
                .flatMap(of -> of.values().stream())
                .map(it -> world.bytes(it.value()))
                .toList();
        live.removeIf(it -> held.contains(world.bytes(it)));
        live.forEach(it -> found.add("(a) live and not in the vault: " + it));
    }

    /** (b) Whoever is started at any instant gets a value that its peers accept. */
    private void everyoneIsLetIn(Set<String> used, Set<List<String>> accepted, List<String> found) {
        var somebodyAccepts = world.consumers.stream().anyMatch(it -> it.accepts);
        for (var value : used) {
            if (somebodyAccepts && accepted.stream().anyMatch(it -> !contains(it, value))) {
                found.add("(b) %s is used, and not everywhere accepted: %s".formatted(value, accepted));
            }
            if (world.terms.installs() && !contains(world.outside.values(), value)) {
                found.add("(b) %s is used and refused outside".formatted(value));
            }
        }
    }

    private boolean contains(Collection<String> values, String wanted) {
        return values.stream().map(world::bytes).anyMatch(world.bytes(wanted)::equals);
    }

    /** No rotation starts while a version before is accepted. Emergencies do, and sources that changed again. */
    static boolean startsTooSoon(Line before, Line after) {
        return before.previous() != 0
                && after.phase() == Phase.Due
                && !after.cause().equals(before.cause())
                && !Cause.isLeap(after.cause())
                && !Set.of(Cause.SOURCE, Cause.RECOVERY).contains(after.cause());
    }

    /** (d) Each request is carried out once. */
    private void onceEach(List<String> found) {
        world.begun.forEach((cause, times) -> {
            if (cause.startsWith("Operation:") && times > 1) {
                found.add("(d) %s was begun %d times".formatted(cause, times));
            }
        });
    }

    /**
     * (c) A version number never denotes two values. Of what nobody used yet nobody knows when the journal is gone.
     */
    private static void oneValuePerVersion(
            Collection<String> values, Map<String, Set<String>> ever, List<String> found) {
        for (var value : values) {
            var of = ever.computeIfAbsent(value.substring(0, value.indexOf('#')), _ -> new HashSet<>());
            of.add(value);
            if (of.size() > 1) {
                found.add("(c) one version, several values: " + of);
            }
        }
    }
}
