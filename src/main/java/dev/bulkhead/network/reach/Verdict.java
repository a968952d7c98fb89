package dev.bulkhead.network.reach;

import java.util.Set;

/**
 * What becomes of one call.
 *
 * @param access what gets through
 * @param wire the ports that its packets may carry
 * @param refusedBy who turns it away, of those that something would have reached; none where all gets through
 */
public record Verdict(Access access, PortSet wire, Set<Refusal> refusedBy) {

    /** Who says no. */
    public enum Refusal {
        CALLER_POLICY("the NetworkPolicies of the caller don't let it out"),
        CALLEE_POLICY("the NetworkPolicies of the callee don't let it in"),
        MESH("the mesh doesn't authorize it");

        private final String words;

        Refusal(String words) {
            this.words = words;
        }

        public String inWords() {
            return words;
        }
    }

    public boolean allowed() {
        return !access.isEmpty();
    }
}
