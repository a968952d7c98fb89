package dev.bulkhead.environment.reach;

import java.util.List;

/** Who reaches whom in an environment, against what was asked for. */
public sealed interface Reached {

    /** It can't be told. */
    record Untold(String why) implements Reached {}

    /**
     * @param allowed how many edges are open
     * @param missing how many are asked for and aren't
     * @param extra how many are open that nobody asked for
     * @param findings how many things make the perimeter weaker than it looks
     * @param first the first few of these three, in words
     * @param meddled how many edges are as they are because of what isn't ours
     * @param meddling the first few of them, in words, each with the object that does it
     */
    record Told(
            int allowed, int missing, int extra, int findings, List<String> first, int meddled, List<String> meddling)
            implements Reached {

        public Told {
            first = List.copyOf(first);
            meddling = List.copyOf(meddling);
        }
    }
}
