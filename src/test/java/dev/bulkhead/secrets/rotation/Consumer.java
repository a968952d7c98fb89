package dev.bulkhead.secrets.rotation;

import java.util.ArrayList;
import java.util.List;

/** A workload of a {@link World}, whose pods use a value, or accept others by it. */
final class Consumer {

    final String name;
    final int namespace;
    final boolean accepts;
    String template = "";
    final List<World.Pod> pods = new ArrayList<>();

    Consumer(String name, int namespace, boolean accepts) {
        this.name = name;
        this.namespace = namespace;
        this.accepts = accepts;
    }

    String word(World.Shown shown) {
        return accepts ? shown.line().acceptWord() : shown.line().useWord();
    }
}
