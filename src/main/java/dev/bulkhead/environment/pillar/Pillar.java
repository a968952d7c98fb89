package dev.bulkhead.environment.pillar;

import dev.bulkhead.apply.Entry;
import dev.bulkhead.environment.Blueprint;
import java.util.stream.Stream;

/** One aspect of an environment: what should exist for it, and nothing else. Pure. */
public interface Pillar {

    Stream<Entry> plan(Blueprint blueprint);
}
