package dev.bulkhead.environment.reach;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.api.v1alpha1.Transport;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.apply.Kind;
import dev.bulkhead.cluster.Capabilities;
import dev.bulkhead.cluster.CapabilitiesFile;
import dev.bulkhead.cluster.ForeignObjects;
import dev.bulkhead.environment.reach.ReachBook.Basis;
import dev.bulkhead.network.reach.Facts;
import dev.bulkhead.network.reach.Intent;
import dev.bulkhead.network.reach.PortSet;
import dev.bulkhead.network.reach.World;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who reaches whom is worked out again when something is new, and not before. */
class ReachBookTest {

    private static final EnvironmentId STAGING = new EnvironmentId("shop", "staging");
    private static final Basis BASIS = new Basis("plan", List.of(), engine("Unknown"), ForeignObjects.NONE);

    private final ReachBook book = new ReachBook();
    private int reckoned;

    @Test
    void theSameIsLookedUp() {
        look(BASIS);
        look(new Basis("plan", List.of(), engine("Unknown"), ForeignObjects.NONE));

        assertThat(reckoned).isEqualTo(1);
    }

    @Test
    void whateverIsNewIsWorkedOut() {
        look(BASIS);
        look(new Basis("another", BASIS.intents(), BASIS.capabilities(), BASIS.foreign()));
        look(new Basis(
                "plan",
                List.of(Intent.between("a", "b", PortSet.TCP, Transport.Plain)),
                BASIS.capabilities(),
                BASIS.foreign()));
        look(new Basis("plan", BASIS.intents(), engine("KubeRouter"), BASIS.foreign()));
        look(new Basis(
                "plan",
                BASIS.intents(),
                BASIS.capabilities(),
                new ForeignObjects(List.of(), Set.of(Kind.NETWORK_POLICY))));
        book.forget(STAGING);
        look(BASIS);

        assertThat(reckoned).isEqualTo(6);
    }

    @Test
    void whatMakesNoSenseIsUntoldAndKeepsNobodyFromAnything() {
        var reached = book.look(STAGING, BASIS, () -> {
            throw new IllegalArgumentException("a port without a number");
        });

        assertThat(reached).isInstanceOf(Reached.Untold.class);
    }

    private void look(Basis basis) {
        book.look(STAGING, basis, () -> {
            reckoned++;
            return new Reckoning(World.of(List.of(), Facts.USUAL), Set.of(), List.of());
        });
    }

    private static Capabilities engine(String engine) {
        return CapabilitiesFile.read(
                "{kind: Capabilities, version: v1.36.3, offers: {networkPolicyEngine: %s}}".formatted(engine));
    }
}
