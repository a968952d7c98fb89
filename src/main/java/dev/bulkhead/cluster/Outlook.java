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
public record Outlook(Link link, Instant since, Optional<Sounding.Well> well, boolean isUsed) {}
