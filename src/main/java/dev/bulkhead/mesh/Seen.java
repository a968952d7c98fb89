package dev.bulkhead.mesh;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a cluster's Linkerd reads, without a value.
 *
 * @param settings how it was installed; empty: it isn't yet
 * @param anchors what all proxies trust
 * @param issuer what their certificates are signed with
 */
record Seen(Optional<Settings> settings, Optional<Stored> anchors, Optional<Stored> issuer) {

    /**
     * @param externalCa whether the chart leaves the anchors to somebody else
     * @param scheme which keys the issuer's Secret has, and whether the chart leaves it to somebody else
     * @param leafLife how long a proxy's certificate is good
     * @param skew for how long before and after, too
     */
    record Settings(boolean externalCa, String scheme, Duration leafLife, Duration skew) {

        static final Settings DEFAULTS =
                new Settings(true, Linkerd.SCHEME, Duration.ofHours(24), Duration.ofSeconds(20));
    }

    /**
     * @param prints the fingerprints of the certificates in it, in their order
     * @param written when we wrote it last; empty: we never did
     * @param keeper another who writes it, in words; empty: nobody whom we know
     */
    record Stored(String resourceVersion, List<String> prints, Optional<Instant> written, String keeper) {

        /** In the place of what isn't a certificate. */
        static final String UNREADABLE = "unreadable";
    }

    Settings settingsOrDefaults() {
        return settings.orElse(Settings.DEFAULTS);
    }

    List<String> anchorPrints() {
        return anchors.map(Stored::prints).orElse(List.of());
    }

    List<String> issuerPrints() {
        return issuer.map(Stored::prints).orElse(List.of());
    }
}
