package dev.bulkhead.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkhead.mesh.Seen.Settings;
import dev.bulkhead.mesh.Seen.Stored;
import dev.bulkhead.secrets.vault.Shelf;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is somebody else's is left alone, and the message says what to do. */
class ObstaclesTest {

    private static final Prints NOTHING = new Prints(Map.of(), Map.of());
    private static final Optional<List<String>> NOT_GIVEN = Optional.empty();

    @Test
    void aChartThatKeepsThemItselfIsAskedToLetGo() {
        var chart = LinkerdText.settings("""
                identity:
                  externalCA: false
                  issuer: {clockSkewAllowance: 20s, issuanceLifetime: 24h0m0s, scheme: linkerd.io/tls}
                """);

        refused(new Seen(Optional.of(chart), Optional.empty(), Optional.empty()), NOT_GIVEN, "externalCA is false");
    }

    @Test
    void whatLinkerdSaysOfItselfIsReadAsGoWritesIt() {
        assertThat(LinkerdText.settings("""
                        identity:
                          externalCA: true
                          issuer: {clockSkewAllowance: 1m30s, issuanceLifetime: 36h0m0s, scheme: kubernetes.io/tls}
                        """))
                .isEqualTo(new Settings(true, "kubernetes.io/tls", Duration.ofHours(36), Duration.ofSeconds(90)));
        assertThat(LinkerdText.settings("")).extracting(Settings::leafLife).isEqualTo(Duration.ofHours(24));
    }

    @Test
    void aMeshThatHasAnAnchorNeedsItsKey() {
        var seen = seen(stored("a"), Optional.empty());

        refused(seen, NOT_GIVEN, "without its key no other can follow it");
        refused(seen, Optional.of(List.of("b")), "isn't the one that the mesh has");
        refused(seen(stored("a", "b"), Optional.empty()), Optional.of(List.of("a")), "not its only one (2");
        assertThatCode(() -> check(seen, Optional.of(List.of("a")))).doesNotThrowAnyException();
    }

    @Test
    void anIssuerWithoutAnAnchorIsInTheWay() {
        refused(seen(Optional.empty(), stored("i")), NOT_GIVEN, "Delete it, or name the mesh's anchor");
    }

    @Test
    void nobodyTakesTurnsWithCertManager() {
        var keeper = LinkerdText.keeper(new ObjectMetaBuilder()
                .withAnnotations(Map.of("cert-manager.io/certificate-name", "linkerd-identity-issuer"))
                .build());
        var kept = new Stored("1", List.of("i"), Optional.empty(), keeper);

        refused(
                seen(stored("a"), Optional.of(kept)),
                Optional.of(List.of("a")),
                "is kept by cert-manager, for Certificate linkerd-identity-issuer");
    }

    private static void refused(Seen seen, Optional<List<String>> given, String why) {
        assertThatThrownBy(() -> check(seen, given))
                .isInstanceOf(MeshRefused.class)
                .hasMessageContaining(why);
    }

    private static void check(Seen seen, Optional<List<String>> given) {
        Obstacles.check(seen, Shelf.empty(MeshWorld.ID), NOTHING, given);
    }

    private static Seen seen(Optional<Stored> anchors, Optional<Stored> issuer) {
        return new Seen(Optional.empty(), anchors, issuer);
    }

    private static Optional<Stored> stored(String... prints) {
        return Optional.of(new Stored("1", List.of(prints), Optional.empty(), ""));
    }
}
