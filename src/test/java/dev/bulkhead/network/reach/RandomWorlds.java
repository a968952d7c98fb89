package dev.bulkhead.network.reach;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

/** Where worlds by chance come from. */
class RandomWorlds extends DomainContextBase {

    @Provide
    Arbitrary<RandomWorld> worlds() {
        var seeds = Arbitraries.longs();
        return Combinators.combine(
                        seeds.list().ofMinSize(2).ofMaxSize(4),
                        seeds.list().ofMaxSize(5),
                        seeds.list().ofMaxSize(14),
                        seeds)
                .as(RandomWorld::new);
    }
}
