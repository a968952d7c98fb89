package dev.bulkhead.mesh;

import dev.bulkhead.secrets.rotation.Line;
import dev.bulkhead.secrets.rotation.Observed;
import dev.bulkhead.secrets.rotation.Wish;
import dev.bulkhead.secrets.vault.Shelf;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What there is to decide by, for the anchor and for the issuer. Pure. */
record MeshObserving(Shelf shelf, Prints prints, Seen seen, Evidence evidence, Map<String, List<Wish>> wishes) {

    Observed anchor() {
        var line = shelf.line(MeshEntries.ANCHOR);
        var publication = Publication.of(shelf);
        return observed(
                MeshEntries.ANCHOR,
                line,
                prints.shownAnchor(seen),
                prints.anchors(publication).equals(seen.anchorPrints()),
                evidence.acceptors(),
                Set.of(),
                0,
                true,
                line.filter(this::leavesFollow).isPresent());
    }

    Observed issuer() {
        var line = shelf.line(MeshEntries.ISSUER);
        var anchor = shelf.line(MeshEntries.ANCHOR);
        var signer = line.flatMap(it -> shelf.find(MeshEntries.ISSUER, it.current()));
        return observed(
                MeshEntries.ISSUER,
                line,
                prints.shownIssuer(seen),
                prints.chain(Publication.of(shelf)).equals(seen.issuerPrints()),
                Set.of(),
                evidence.users(),
                shelf.signing(MeshEntries.ANCHOR),
                signer.map(it -> anchor.filter(ca -> ca.accepted().contains(it.issuer()))
                                .isPresent())
                        .orElse(true),
                true);
    }

    private Observed observed(
            String entry,
            Optional<Line> line,
            int shown,
            boolean isAsPlanned,
            Set<String> acceptorsBehind,
            Set<String> usersBehind,
            int issuerSigning,
            boolean issuerTrusted,
            boolean leavesFollow) {
        var ahead = line.filter(it -> shown != 0 && !names(it, shown)).isPresent();
        return new Observed(
                shelf.of(entry),
                ahead
                        ? line.get().pointer() + 1
                        : isAsPlanned ? line.map(Line::pointer).orElse(0L) : Observed.UNKNOWN,
                line.isEmpty() || ahead ? shown : line.get().current(),
                acceptorsBehind,
                usersBehind,
                Set.of(),
                Map.of(),
                wishes.getOrDefault(entry, List.of()),
                issuerSigning,
                issuerTrusted,
                leavesFollow,
                "",
                false);
    }

    /** A version that is in use, and that the journal doesn't name: it comes from an older backup than the target. */
    private static boolean names(Line line, int version) {
        return Stream.of(line.current(), line.previous(), line.pending(), line.retiring())
                .anyMatch(it -> it == version);
    }

    /** Whether every certificate of a proxy leads to the present anchor: it was signed by an issuer that this one signed. */
    private boolean leavesFollow(Line anchor) {
        return shelf.line(MeshEntries.ISSUER)
                .filter(it -> it.isInUse() && it.current() != 0)
                .filter(it -> shelf.isSignedBy(anchor.current(), MeshEntries.ISSUER, it))
                .isPresent();
    }
}
