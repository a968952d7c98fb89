package dev.bulkhead.cluster;

import dev.bulkhead.api.v1alpha1.ClusterCapabilities;
import dev.bulkhead.status.Reason;
import java.util.Optional;

/** What a look at a target cluster came to. */
public sealed interface ProbeResult {

    /**
     * It is the one that is meant, and answers.
     *
     * @param uid of its {@code kube-system}
     * @param lacking the rights that we miss there, in words; empty when we miss none
     * @param account who we are there
     * @param capabilities what else it offers, as far as it can be told
     * @param renewal why our token there isn't renewed, in words; empty when it is, or isn't ours to renew
     */
    record Healthy(
            String version,
            String uid,
            Optional<String> lacking,
            OperatorAccount account,
            ClusterCapabilities capabilities,
            Optional<String> renewal)
            implements ProbeResult {

        Healthy(
                String version,
                String uid,
                Optional<String> lacking,
                OperatorAccount account,
                ClusterCapabilities capabilities) {
            this(version, uid, lacking, account, capabilities, Optional.empty());
        }

        Healthy withRenewal(Optional<String> trouble) {
            return new Healthy(version, uid, lacking, account, capabilities, trouble);
        }
    }

    /**
     * It isn't reached, or must not be.
     *
     * @param passing whether an open way may stay open: if it is really gone, the lease will run out
     */
    record Failed(Reason reason, String message, boolean passing) implements ProbeResult {}

    static Failed refused(Reason reason, String message) {
        return new Failed(reason, message, false);
    }

    static Failed passing(Reason reason, String message) {
        return new Failed(reason, message, true);
    }
}
