package dev.bulkhead.network.reach;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;

/** The matrix against the brute-force model, in worlds by chance. TenThousandWorldsIT does more of it. */
@Domain(RandomWorlds.class)
class OracleAgreementTest {

    @Property(tries = 500)
    void theMatrixSaysWhatAPacketFinds(@ForAll RandomWorld random) {
        Agreement.check(random.world(), 5);
    }
}
