package dev.bulkhead.environment.keeping;

import dev.bulkhead.apply.EnvironmentId;

/**
 * An entry of one environment that another one uses.
 *
 * @param name what it is called there
 */
public record Claimed(EnvironmentId owner, String entry, EnvironmentId claimant, String name) {}
