package dev.bulkhead.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.secrets.rotation.Phase;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

/** At no instant do two proxies of a mesh refuse each other, and no pod is restarted for that. */
class MeshOrderTest {

    private static final int STEPS = 160;
    private static final Duration LEAF_AND_MORE = Duration.ofHours(30);

    @Property(tries = 25, seed = "20261122", shrinking = ShrinkingMode.OFF)
    void noTwoProxiesEverRefuseEachOther(@ForAll long seed) {
        assertThat(lived(seed, false)).isEmpty();
    }

    /** The worlds that find nothing in this would find nothing in anything. */
    @Test
    void whoAsksNoProxyIsFoundOut() {
        assertThat(LongStream.range(0, 20).mapToObj(seed -> lived(seed, true))).anyMatch(it -> !it.isEmpty());
    }

    /** @return what went wrong */
    private static List<String> lived(long seed, boolean lies) {
        var world = new MeshWorld(seed);
        world.look(0);
        world.look(0);
        world.target.install();
        world.target.lies = lies;
        for (var step = 0; step < STEPS; step++) {
            happens(world, step);
            var faults = world.faults();
            if (!faults.isEmpty()) {
                return faults;
            }
        }
        return List.of();
    }

    private static void happens(MeshWorld world, int step) {
        var pods = List.copyOf(world.target.proxies.values());
        switch (world.dice.nextInt(10)) {
            case 0 -> world.target.start(pods.get(world.dice.nextInt(pods.size())));
            case 1 -> world.target.rollOut();
            case 2, 3 -> world.target.identityReads();
            case 4 -> world.look(1 + world.dice.nextInt(12));
            case 5 -> world.now = world.now.plus(Duration.ofHours(world.dice.nextInt(1, 13)));
            case 6 -> world.now = world.now.plus(Duration.ofMinutes(world.dice.nextInt(1, 90)));
            case 7 -> world.wishes = (world.dice.nextBoolean() ? "trust-anchor/" : "issuer/") + step;
            default -> world.look(0);
        }
        world.target.time();
    }

    @Test
    void aRotationEndsAndLeavesOneVersionOfEach() {
        var world = installed();
        var first = world.target.bundle;

        world.wishes = "trust-anchor/once";
        var restarted = rotated(world);

        assertThat(restarted).as("pods that nobody restarted but their owners").isTrue();
        assertThat(world.target.bundle).isNotEqualTo(first);
        assertThat(Chains.read(world.target.bundle)).hasSize(1);
        assertThat(Chains.read(world.target.chain)).as("without the bridge").hasSize(1);
        assertThat(world.hub.held(MeshEntries.ANCHOR)).isEqualTo(1);
        assertThat(world.hub.held(MeshEntries.ISSUER)).isEqualTo(1);
    }

    @Test
    void itWaitsForThePodsThatStillKnowOnlyTheAnchorBefore() {
        var world = installed();
        world.wishes = "trust-anchor/once";

        calm(world, 40);

        assertThat(phase(world, MeshEntries.ANCHOR)).isEqualTo(Phase.Draining);
        assertThat(world.look(0).orElseThrow().evidence().pods())
                .containsExactly("shop/pod-0", "shop/pod-1", "shop/pod-2", "shop/pod-3");
        assertThat(Chains.read(world.target.chain)).as("with the bridge").hasSize(2);
        assertThat(world.faults()).isEmpty();
    }

    @Test
    void theAnchorStaysWhileACertificateLivesThatLeadsToTheOneBefore() {
        var world = installed();
        var first = world.target.bundle;
        world.wishes = "trust-anchor/once";
        world.look(0);
        world.target.identityReads();
        world.look(0);

        world.now = world.now.plus(Duration.ofHours(23));
        world.look(0);

        assertThat(world.target.bundle).isEqualTo(first);
        assertThat(phase(world, MeshEntries.ANCHOR)).isEqualTo(Phase.Converging);
    }

    @Test
    void whoDiesAtAnyWriteFindsTheSameWay() {
        for (var death = 1; death <= 16; death++) {
            var world = installed();
            world.wishes = "trust-anchor/once";
            world.look(death);
            assertThat(rotated(world)).as("after a death at %d", death).isTrue();
        }
    }

    @Test
    void aJournalThatIsLostInTheMiddleIsWorkedOutAndNobodyIsRefused() {
        for (var steps = 1; steps < 40; steps += 5) {
            var world = installed();
            world.wishes = "trust-anchor/once";
            calm(world, steps);
            world.hub.loseTheJournal();
            world.wishes = "";
            assertThat(rotated(world)).as("lost after %d steps", steps).isTrue();
        }
    }

    @Test
    void anIssuerAloneWaitsForIdentityOnly() {
        var world = installed();
        var before = world.target.bundle;
        world.wishes = "issuer/once";
        world.look(0);
        assertThat(phase(world, MeshEntries.ISSUER)).isEqualTo(Phase.Converging);

        world.target.identityReads();
        world.look(0);
        world.now = world.now.plus(Duration.ofMinutes(61));
        world.look(0);

        assertThat(phase(world, MeshEntries.ISSUER)).isEqualTo(Phase.Stable);
        assertThat(world.target.bundle).isEqualTo(before);
    }

    @Test
    void anIdentityThatSaysNothingIsRestarted() {
        var world = installed();
        world.wishes = "issuer/once";
        world.look(0);

        world.now = world.now.plus(Duration.ofMinutes(11));
        world.look(0);
        world.now = world.now.plus(Duration.ofMinutes(1));
        world.look(0);

        assertThat(phase(world, MeshEntries.ISSUER)).isEqualTo(Phase.Draining);
        assertThat(world.target.templates.get(Linkerd.IDENTITY)).containsKey(Linkerd.ISSUER_WORD);
    }

    @Test
    void whatIsLostIsLookedForNowAndThenAndFoundWhenItIsBack() {
        var world = installed();
        world.wishes = "issuer/once";
        world.look(0);
        world.target.identityReads();
        world.look(0);
        assertThat(phase(world, MeshEntries.ISSUER)).isEqualTo(Phase.Draining);
        var lost = world.hub.lose(MeshEntries.ISSUER, 1);
        world.hub.forget(MeshWorld.ID);

        world.look(0);
        world.target.asked = 0;
        var waiting = world.look(0).orElseThrow();

        assertThat(phase(world, MeshEntries.ISSUER)).isEqualTo(Phase.Lost);
        assertThat(waiting.pause(world.now)).isEqualTo(Duration.ofSeconds(20));
        assertThat(world.target.asked)
                .as("what asks the cluster for more than what it shows")
                .isZero();

        world.hub.bringBack(MeshEntries.ISSUER, lost);
        world.look(0);

        assertThat(phase(world, MeshEntries.ISSUER)).isEqualTo(Phase.Draining);
        assertThat(world.faults()).isEmpty();
    }

    @Test
    void anIssuerIsNotMadeWhileTheKeyOfItsAnchorIsLost() {
        var world = installed();
        world.wishes = "trust-anchor/once";
        calm(world, 40);
        var lost = world.hub.lose(MeshEntries.ANCHOR, 2);
        world.target.bundle = new byte[0];
        world.hub.forget(MeshWorld.ID);
        world.wishes = "issuer/once";

        var waiting = world.look(0).orElseThrow();

        assertThat(phase(world, MeshEntries.ANCHOR)).isEqualTo(Phase.Lost);
        assertThat(phase(world, MeshEntries.ISSUER)).isEqualTo(Phase.Due);
        assertThat(waiting.pause(world.now)).isEqualTo(Duration.ofSeconds(20));

        world.hub.bringBack(MeshEntries.ANCHOR, lost);
        world.look(0);

        assertThat(phase(world, MeshEntries.ISSUER)).isEqualTo(Phase.Converging);
        assertThat(rotated(world)).isTrue();
    }

    /** Somebody may have been at the vault, and at rest nothing else tells. */
    @Test
    void whatIsLostAtRestIsSeenWithTheNextLook() {
        var world = installed();
        assertThat(world.look(0).orElseThrow().pause(world.now)).isEqualTo(Duration.ofMinutes(30));

        world.hub.lose(MeshEntries.ISSUER, 1);
        world.target.chain = new byte[0];
        world.look(0);

        assertThat(phase(world, MeshEntries.ISSUER)).isEqualTo(Phase.Lost);
    }

    private static MeshWorld installed() {
        var world = new MeshWorld(1);
        world.look(0);
        world.now = world.now.plus(Duration.ofMinutes(1));
        world.look(0);
        world.target.install();
        assertThat(phase(world, MeshEntries.ANCHOR)).isEqualTo(Phase.Stable);
        assertThat(phase(world, MeshEntries.ISSUER)).isEqualTo(Phase.Stable);
        world.now = world.now.plus(Duration.ofMinutes(1));
        return world;
    }

    /** Hours pass, and nobody restarts a pod. */
    private static void calm(MeshWorld world, int steps) {
        for (var step = 0; step < steps; step++) {
            world.look(0);
            world.target.identityReads();
            world.look(0);
            world.target.rollOut();
            world.now = world.now.plus(Duration.ofHours(1));
            world.target.time();
            assertThat(world.faults()).isEmpty();
        }
    }

    /** @return whether it came to its end */
    private static boolean rotated(MeshWorld world) {
        calm(world, (int) LEAF_AND_MORE.toHours() + 10);
        // They are restarted one by one, for reasons of their own.
        List.copyOf(world.target.proxies.values()).stream()
                .filter(it -> !it.isOfTheControlPlane)
                .forEach(it -> {
                    world.target.start(it);
                    assertThat(world.faults()).isEmpty();
                });
        calm(world, (int) LEAF_AND_MORE.toHours() + 10);
        return phase(world, MeshEntries.ANCHOR) == Phase.Stable
                && phase(world, MeshEntries.ISSUER) == Phase.Stable
                && world.hub.held(MeshEntries.ANCHOR) == 1;
    }

    private static Phase phase(MeshWorld world, String entry) {
        return world.hub.shelf().line(entry).orElseThrow().phase();
    }
}
