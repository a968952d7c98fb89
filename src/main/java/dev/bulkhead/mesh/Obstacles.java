package dev.bulkhead.mesh;

import dev.bulkhead.secrets.rotation.Phase;
import dev.bulkhead.secrets.vault.Shelf;
import dev.bulkhead.status.Reason;
import java.util.List;
import java.util.Optional;

/** Why nothing may be written: what is there is somebody else's, or leads where nobody could go on from. Pure. */
final class Obstacles {

    private final Seen seen;
    private final Shelf shelf;
    private final Prints prints;
    private final Optional<List<String>> given;

    private Obstacles(Seen seen, Shelf shelf, Prints prints, Optional<List<String>> given) {
        this.seen = seen;
        this.shelf = shelf;
        this.prints = prints;
        this.given = given;
    }

    /**
     * @param given the fingerprints of the anchor that somebody gives us, while it isn't in the vault
     * @throws MeshRefused when there is one
     */
    static void check(Seen seen, Shelf shelf, Prints prints, Optional<List<String>> given) {
        var obstacles = new Obstacles(seen, shelf, prints, given);
        obstacles.chart();
        obstacles.keepers();
        if (shelf.of(MeshEntries.ANCHOR).isEmpty()) {
            obstacles.start();
        } else {
            obstacles.anchors();
            obstacles.issuer();
        }
    }

    private void chart() {
        seen.settings()
                .filter(it -> !it.externalCa() || !it.scheme().equals(Linkerd.SCHEME))
                .ifPresent(it -> {
                    throw foreign(
                            "Linkerd's chart keeps the trust anchor or the issuer itself (identity.externalCA is %s, identity.issuer.scheme is %s). Set them to true and %s; docs/target-clusters.md says in which order"
                                    .formatted(it.externalCa(), it.scheme(), Linkerd.SCHEME));
                });
    }

    private void keepers() {
        seen.anchors().map(Seen.Stored::keeper).filter(it -> !it.isEmpty()).ifPresent(it -> {
            throw taken("ConfigMap", Linkerd.ANCHORS, it);
        });
        seen.issuer().map(Seen.Stored::keeper).filter(it -> !it.isEmpty()).ifPresent(it -> {
            throw taken("Secret", Linkerd.ISSUER, it);
        });
    }

    private static MeshRefused taken(String kind, String name, String keeper) {
        return foreign("%s %s/%s is kept by %s. Have it leave it alone, and take its mark off the object"
                .formatted(kind, Linkerd.NAMESPACE, name, keeper));
    }

    /** Without the key of the anchor that a mesh has, the next one can't be brought to those who know only that. */
    private void start() {
        var there = seen.anchorPrints();
        if (there.isEmpty() && !seen.issuerPrints().isEmpty() && given.isEmpty()) {
            throw foreign(
                    "Secret %s/%s is there, and no trust anchor in ConfigMap %s. Delete it, or name the mesh's anchor in spec.meshIdentity.from"
                            .formatted(Linkerd.NAMESPACE, Linkerd.ISSUER, Linkerd.ANCHORS));
        }
        if (there.isEmpty()) {
            return;
        }
        if (given.isEmpty()) {
            throw foreign(
                    "the mesh has a trust anchor (ConfigMap %s/%s), and without its key no other can follow it. Put tls.crt and tls.key of it into a Secret beside the operator, and name that in spec.meshIdentity.from"
                            .formatted(Linkerd.NAMESPACE, Linkerd.ANCHORS));
        }
        if (!given.get().equals(there)) {
            throw foreign(
                    "the trust anchor in spec.meshIdentity.from isn't the one that the mesh has, or not its only one (%d in ConfigMap %s/%s). Name that one, and take the others out"
                            .formatted(there.size(), Linkerd.NAMESPACE, Linkerd.ANCHORS));
        }
    }

    private void anchors() {
        var known = prints.anchors().values().stream().map(Print::own).toList();
        if (!known.containsAll(seen.anchorPrints())) {
            throw foreign(
                    "ConfigMap %s/%s holds a trust anchor that isn't in the vault. If somebody edited it, delete it and it is written again; if the hub was restored, import an escrow that has it"
                            .formatted(Linkerd.NAMESPACE, Linkerd.ANCHORS));
        }
    }

    private void issuer() {
        var isOther = !seen.issuerPrints().isEmpty() && prints.shownIssuer(seen) == 0;
        if (isOther
                && (!isFirst() || seen.issuer().flatMap(Seen.Stored::written).isPresent())) {
            throw foreign(
                    "Secret %s/%s holds an issuer that isn't in the vault. If somebody replaced it, delete it and ours is written again; if the hub was restored, import an escrow that has it"
                            .formatted(Linkerd.NAMESPACE, Linkerd.ISSUER));
        }
    }

    /** The issuer that a mesh had before is replaced: it was signed by the same anchor. */
    private boolean isFirst() {
        return shelf.line(MeshEntries.ISSUER)
                .map(it -> it.current() == 0
                        || it.previous() == 0 && (it.phase() == Phase.Published || it.phase() == Phase.Converging))
                .orElse(true);
    }

    private static MeshRefused foreign(String message) {
        return new MeshRefused(Reason.ForeignObject, message);
    }
}
