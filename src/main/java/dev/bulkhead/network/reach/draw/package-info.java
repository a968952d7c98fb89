/** A matrix, shown to people and to programs. */
@NullMarked
package dev.bulkhead.network.reach.draw;

import org.jspecify.annotations.NullMarked;
