/** Who can reach whom, worked out from the objects of a cluster. Pure: lists in, a matrix out. */
@NullMarked
package dev.bulkhead.network.reach;

import org.jspecify.annotations.NullMarked;
