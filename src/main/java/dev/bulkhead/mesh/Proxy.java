package dev.bulkhead.mesh;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A proxy of the mesh.
 *
 * @param pod namespace/name of its pod
 * @param started when it was started; empty: not yet, and then it gets what is there when it is
 * @param anchors the fingerprints of what it trusts, where its pod says so; else it read the ConfigMap when it was started
 * @param word what stood on its template when it was made: see {@link Linkerd#ANCHOR_WORD}
 */
record Proxy(String pod, Optional<Instant> started, Optional<List<String>> anchors, String word) {

    boolean trusts(String print, String wordOfIt) {
        return anchors.map(it -> it.contains(print)).orElseGet(() -> word.equals(wordOfIt));
    }
}
