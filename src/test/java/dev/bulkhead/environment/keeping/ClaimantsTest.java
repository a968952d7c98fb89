package dev.bulkhead.environment.keeping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.environment.keeping.Claimants.Elsewhere;
import dev.bulkhead.secrets.rotation.Observed;
import dev.bulkhead.secrets.rotation.Phase;
import dev.bulkhead.secrets.vault.Shelf;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who uses an entry in another environment is behind until they are known to have it. */
class ClaimantsTest {

    private static final EnvironmentId WEB = new EnvironmentId("shop", "web");
    private static final Claimed TOKEN = new Claimed(Shelves.STAGING, "api", WEB, "token");
    private static final Claimed LEAF = new Claimed(Shelves.STAGING, "leaf", WEB, "trust");

    private final Entries entries = Entries.of(List.of(MaterialsTest.scope()));
    private final Shelf shelf = new Shelves()
            .with("api", Phase.Stable, 5, 0, 0)
            .with("ca", Phase.Stable, 5, 0, 0)
            .with("leaf", Phase.Stable, 5, 0, 0, 5)
            .shelf();
    private final List<EnvironmentId> woken = new ArrayList<>();
    private final ClaimBoard board = new ClaimBoard(woken::add);

    @Test
    void ofWhomNothingIsKnownIsWaitedFor() {
        assertThat(of("api", TOKEN).missing()).containsExactly("environment web");
    }

    @Test
    void whoHasItIsNotWaitedFor() {
        board.takesUp(WEB, Map.of(TOKEN, uptake(Map.of("api", 5L), Set.of())));

        assertThat(of("api", TOKEN))
                .isEqualTo(new Elsewhere(
                        Set.of(),
                        Set.of(),
                        Set.of(),
                        Set.of("web/client", "web/server"),
                        Map.of(),
                        Observed.UNKNOWN,
                        0));
    }

    @Test
    void whoseJournalHasGoneOnAreBehindWithAllTheirs() {
        board.takesUp(WEB, Map.of(TOKEN, uptake(Map.of("api", 4L), Set.of())));

        assertThat(of("api", TOKEN).missing()).containsExactly("environment web");
        assertThat(of("api", TOKEN).users()).containsExactly("web/client");
        assertThat(of("api", TOKEN).acceptors()).containsExactly("web/server");
    }

    @Test
    void whosePodsAreOldIsNamed() {
        board.takesUp(WEB, Map.of(TOKEN, uptake(Map.of("api", 5L), Set.of("server"))));

        assertThat(of("api", TOKEN).missing()).isEmpty();
        assertThat(of("api", TOKEN).users()).isEmpty();
        assertThat(of("api", TOKEN).acceptors()).containsExactly("web/server");
    }

    @Test
    void whatIsKnownOfTheirFilesIsSaidOfThemWhileTheirEnvironmentShowsWhatIsInThem() {
        var evidence = Map.of("server", "its files were written anew");
        board.takesUp(WEB, Map.of(TOKEN, uptake(Map.of("api", 5L), Set.of(), evidence)));
        assertThat(of("api", TOKEN).evidence()).containsExactly(Map.entry("web/server", "its files were written anew"));

        board.takesUp(WEB, Map.of(TOKEN, uptake(Map.of("api", 4L), Set.of(), evidence)));
        assertThat(of("api", TOKEN).evidence())
                .containsExactly(Map.entry("web/server", "its environment doesn't show it yet"));
    }

    @Test
    void whoChecksByALeafElsewhereAcceptsByItsCa() {
        board.takesUp(WEB, Map.of(LEAF, uptake(Map.of("leaf", 5L, "ca", 4L), Set.of())));

        assertThat(of("ca", LEAF).missing()).containsExactly("environment web");
        assertThat(of("ca", LEAF).acceptors()).containsExactly("web/server");
        assertThat(of("ca", LEAF).users()).isEmpty();
        assertThat(of("leaf", LEAF).missing()).isEmpty();
        assertThat(of("api", LEAF).missing()).isEmpty();
    }

    @Test
    void whoUsesNothingIsNotWaitedForUnlessTheyAreJustLooking() {
        board.takesUp(WEB, Map.of(TOKEN, uptake(Map.of("api", Observed.NOWHERE), Set.of())));
        assertThat(of("api", TOKEN).missing()).isEmpty();

        board.looks(WEB);
        assertThat(of("api", TOKEN).missing()).containsExactly("environment web");

        board.rests(WEB);
        assertThat(of("api", TOKEN).missing()).isEmpty();
    }

    @Test
    void toReadAgainWhatWasSaidMakesNobodyWait() {
        board.takesUp(WEB, Map.of(TOKEN, uptake(Map.of("api", Observed.NOWHERE), Set.of())));
        woken.clear();
        var claimants = Claimants.of(List.of(TOKEN), board, entries, shelf);

        board.looks(WEB);
        assertThat(claimants.of("api").missing()).isEmpty();
        assertThat(claimants.of("api").consumers()).containsExactly("web/client", "web/server");
        board.rests(WEB);

        assertThat(woken).isEmpty();
    }

    @Test
    void whoIsAheadOfTheJournalSaysHowFar() {
        board.takesUp(WEB, Map.of(TOKEN, new Uptake(Map.of("api", 9L), 3, Set.of(), Set.of(), Set.of(), Map.of())));

        assertThat(of("api", TOKEN).furthest()).isEqualTo(9);
        assertThat(of("api", TOKEN).shown()).isEqualTo(3);
    }

    private Elsewhere of(String entry, Claimed claimed) {
        return Claimants.of(List.of(claimed), board, entries, shelf).of(entry);
    }

    private static Uptake uptake(Map<String, Long> inForce, Set<String> behind) {
        return uptake(inForce, behind, Map.of());
    }

    private static Uptake uptake(Map<String, Long> inForce, Set<String> behind, Map<String, String> evidence) {
        return new Uptake(inForce, 0, Set.of("client"), Set.of("server"), behind, evidence);
    }
}
