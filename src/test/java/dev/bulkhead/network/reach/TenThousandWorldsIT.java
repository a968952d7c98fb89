package dev.bulkhead.network.reach;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.domains.Domain;

/** Ten thousand worlds by chance, of each a fifth of all calls. It takes minutes, so that {@code make faults} runs it. */
@Domain(RandomWorlds.class)
class TenThousandWorldsIT {

    @Tag("faults")
    @Property(tries = 10_000)
    void theMatrixSaysWhatAPacketFinds(@ForAll RandomWorld random) {
        Agreement.check(random.world(), 5);
    }
}
