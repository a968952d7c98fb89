package dev.bulkhead.mesh;

import dev.bulkhead.secrets.rotation.Cause;
import dev.bulkhead.secrets.rotation.Line;
import dev.bulkhead.secrets.rotation.Phase;
import dev.bulkhead.secrets.rotation.VersionFacts;
import dev.bulkhead.secrets.vault.Shelf;

/**
 * What is to be seen of the versions, by ordinals; 0 is none. Pure.
 *
 * @param anchor which anchor proxies get that start now
 * @param issuer which issuer signs
 * @param signer which anchor signed it
 * @param bridge which anchor's bridge goes with it, so that who knows only the anchor before finds the way: the one that
 *     signed it, as long as there is another
 * @param restarts whether the control plane has to have been started with this anchor
 */
record Publication(int anchor, int issuer, int signer, int bridge, boolean restarts) {

    static Publication of(Shelf shelf) {
        var anchor = shelf.line(MeshEntries.ANCHOR);
        var issuer = shelf.line(MeshEntries.ISSUER).map(Line::current).orElse(0);
        var signer =
                shelf.find(MeshEntries.ISSUER, issuer).map(VersionFacts::issuer).orElse(0);
        return new Publication(
                anchor.map(Publication::shown).orElse(0),
                issuer,
                signer,
                anchor.filter(it -> it.previous() != 0 && signer == Math.max(it.previous(), it.current()))
                        .map(_ -> signer)
                        .orElse(0),
                anchor.filter(Publication::restarts).isPresent());
    }

    /**
     * The next anchor isn't shown before every proxy's certificate leads to it: a certificate without the bridge would be
     * refused by whoever is started with the next anchor. Of what was found again nobody knows how far it was, so what is
     * shown stays.
     */
    private static int shown(Line line) {
        var leavesAreOld = line.phase() == Phase.Published || line.phase() == Phase.Converging;
        return leavesAreOld && line.previous() != 0 && !line.cause().equals(Cause.RECOVERY)
                ? line.previous()
                : line.current();
    }

    private static boolean restarts(Line line) {
        return line.phase() == Phase.Draining || line.phase() == Phase.Retired;
    }
}
