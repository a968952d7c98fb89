package dev.bulkhead.cluster;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a target cluster.
 *
 * @param since when the link became what it is
 * @param well what it was like when it was last seen as it should be; kept while it isn't reached
 * @param isUsed whether an environment needs it to be open
 */
public record ClusterState(Link link, Instant since, Optional<ProbeResult.Healthy> well, boolean isUsed) {}
