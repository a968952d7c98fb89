package dev.bulkhead.environment.keeping;

import dev.bulkhead.environment.keeping.ClaimBoard.Offer;
import dev.bulkhead.secrets.rotation.Line;
import dev.bulkhead.secrets.vault.Shelf;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** What an environment gives to those who claim something of it. Pure. */
public final class Offers {

    private Offers() {}

    /** @param generations a SecretScope → which generation of it is in force */
    public static Map<Claimed, Offer> of(Kept kept, List<Claimed> claims, ToLongFunction<String> generations) {
        var offers = new HashMap<Claimed, Offer>();
        claims.forEach(claimed -> Optional.ofNullable(kept.entries().kept().get(claimed.entry()))
                .ifPresent(entry -> offers.put(
                        claimed, new Offer(pointers(kept.shelf(), entry), generations.applyAsLong(entry.scope())))));
        return offers;
    }

    /** The entries that an entry is published from → where each is in the journal. */
    static SortedMap<String, Long> pointers(Shelf shelf, KeptEntry entry) {
        var pointers = new TreeMap<String, Long>();
        for (var name : List.of(entry.name(), entry.anchor())) {
            pointers.put(name, shelf.line(name).map(Line::pointer).orElse(0L));
        }
        return pointers;
    }
}
