package dev.bulkhead.mesh;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The mesh of one cluster: what of it is read, and the little that is written. */
interface MeshSite {

    Seen look();

    /** @param before what was read: it is written in its place, or not at all */
    void writeAnchors(Optional<Seen.Stored> before, int version, byte[] pem);

    /** Key, certificate and chain at once: who reads one of them reads all. */
    void writeIssuer(Optional<Seen.Stored> before, int version, Map<String, byte[]> data);

    List<Rollout> rollouts();

    /** Has the pods of a part of the control plane made anew, as its strategy says. */
    void restart(String deployment, String annotation, String word);

    Identity identity();

    /** Those of all pods that haven't ended. */
    List<Proxy> proxies();

    /**
     * How far a part of the control plane is.
     *
     * @param words what stands on its template, of ours
     * @param isSettled whether all of its pods are of that template, and ready
     */
    record Rollout(String name, Map<String, String> words, boolean isSettled) {

        boolean isDone(String anchorWord) {
            return anchorWord.equals(words.get(Linkerd.ANCHOR_WORD)) && isSettled;
        }
    }
}
