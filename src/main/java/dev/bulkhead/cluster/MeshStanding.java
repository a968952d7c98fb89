package dev.bulkhead.cluster;

import dev.bulkhead.api.v1alpha1.MeshIdentityStatus;
import dev.bulkhead.api.v1alpha1.TargetCluster;
import dev.bulkhead.status.Reason;
import java.util.Optional;

/**
 * How the trust anchor and the issuer of a cluster's mesh are, where they are made here.
 *
 * @param isWell empty when it can't be told now
 */
public record MeshStanding(Optional<Boolean> isWell, Reason reason, String message, MeshIdentityStatus status) {

    /** Who knows. */
    @FunctionalInterface
    public interface Source {

        /** Nothing is said of a cluster whose mesh isn't looked after here. */
        Optional<MeshStanding> of(TargetCluster cluster);
    }
}
