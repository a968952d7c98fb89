/** One class per aspect of an environment, each blueprint → entries. Pure: no clock, no cluster, no chance. */
@NullMarked
package dev.bulkhead.environment.pillar;

import org.jspecify.annotations.NullMarked;
