package dev.bulkhead.mesh;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The fingerprints of all versions that the vault holds, and which of them is to be seen where. Pure.
 *
 * @param anchors ordinal → fingerprints
 * @param issuers the same
 */
record Prints(Map<Integer, Print> anchors, Map<Integer, Print> issuers) {

    List<String> anchors(Publication publication) {
        return own(anchors, publication.anchor());
    }

    List<String> chain(Publication publication) {
        return Optional.ofNullable(issuers.get(publication.issuer()))
                .map(it -> it.chain(Optional.ofNullable(anchors.get(publication.bridge()))))
                .orElse(List.of());
    }

    private static List<String> own(Map<Integer, Print> versions, int version) {
        return Optional.ofNullable(versions.get(version))
                .map(it -> List.of(it.own()))
                .orElse(List.of());
    }

    /** The version whose anchor is shown, and nothing else; 0: none that the vault holds. */
    int shownAnchor(Seen seen) {
        return seen.anchorPrints().size() == 1
                ? version(anchors, seen.anchorPrints().getFirst())
                : 0;
    }

    /** The version of the issuer that is shown; 0: none that the vault holds. */
    int shownIssuer(Seen seen) {
        return seen.issuerPrints().isEmpty()
                ? 0
                : version(issuers, seen.issuerPrints().getFirst());
    }

    private static int version(Map<Integer, Print> versions, String print) {
        return versions.entrySet().stream()
                .filter(it -> it.getValue().own().equals(print))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(0);
    }
}
