package dev.bulkhead.network.reach;

import java.util.BitSet;
import java.util.function.IntFunction;

/**
 * What one rule of a NetworkPolicy opens.
 *
 * @param callers roles in the cast
 * @param callees roles in the cast
 * @param ports of a callee
 */
record Opening(BitSet callers, BitSet callees, IntFunction<PortSet> ports) {

    static final IntFunction<PortSet> ALL_PORTS = _ -> PortSet.ALL;
}
