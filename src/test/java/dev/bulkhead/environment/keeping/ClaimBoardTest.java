package dev.bulkhead.environment.keeping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.environment.keeping.ClaimBoard.Offer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who shares an entry is woken by what is news, and by nothing else. */
class ClaimBoardTest {

    private static final EnvironmentId PLATFORM = new EnvironmentId("shop", "platform");
    private static final EnvironmentId WEB = new EnvironmentId("shop", "web");
    private static final Claimed LOGIN = new Claimed(PLATFORM, "db", WEB, "login");

    private final List<EnvironmentId> woken = new ArrayList<>();
    private final ClaimBoard board = new ClaimBoard(woken::add);

    @Test
    void whatIsOfferedAnewWakesWhoClaimsIt() {
        board.offers(PLATFORM, Map.of(LOGIN, offer(3, 1)));

        assertThat(woken).containsExactly(WEB);
    }

    @Test
    void whatIsOfferedAgainWakesNobody() {
        board.offers(PLATFORM, Map.of(LOGIN, offer(3, 1)));
        woken.clear();

        board.offers(PLATFORM, Map.of(LOGIN, offer(3, 1)));

        assertThat(woken).isEmpty();
    }

    @Test
    void whoHasWhatIsOfferedIsLeftAlone() {
        board.takesUp(WEB, Map.of(LOGIN, uptake(3)));
        woken.clear();

        board.offers(PLATFORM, Map.of(LOGIN, offer(3, 1)));

        assertThat(woken).isEmpty();
    }

    @Test
    void whatIsNotOfferedAnyMoreWakesWhoClaimsIt() {
        board.offers(PLATFORM, Map.of(LOGIN, offer(3, 1)));
        woken.clear();

        board.offers(PLATFORM, Map.of());

        assertThat(woken).containsExactly(WEB);
    }

    @Test
    void whatIsTakenUpWakesTheOwnerOnce() {
        board.takesUp(WEB, Map.of(LOGIN, uptake(3)));
        board.takesUp(WEB, Map.of(LOGIN, uptake(3)));

        assertThat(woken).containsExactly(PLATFORM);
    }

    @Test
    void aClaimThatIsGivenUpWakesTheOwner() {
        board.takesUp(WEB, Map.of(LOGIN, uptake(3)));
        woken.clear();

        board.takesUp(WEB, Map.of());

        assertThat(woken).containsExactly(PLATFORM);
        assertThat(board.find(LOGIN)).isEmpty();
    }

    @Test
    void bothSidesComeToRest() {
        board.offers(PLATFORM, Map.of(LOGIN, offer(3, 1)));
        board.takesUp(WEB, Map.of(LOGIN, uptake(3)));
        woken.clear();

        board.offers(PLATFORM, Map.of(LOGIN, offer(3, 1)));
        board.looks(WEB);
        board.takesUp(WEB, Map.of(LOGIN, uptake(3)));

        assertThat(woken).isEmpty();
    }

    @Test
    void anOwnerThatWaitsForALookIsWokenWhenItIsOver() {
        board.looks(WEB);

        assertThat(board.hasToWait(LOGIN)).isTrue();
        board.rests(WEB);

        assertThat(board.hasToWait(LOGIN)).isFalse();
        assertThat(woken).containsExactly(PLATFORM);
    }

    @Test
    void whoIsGoneIsForgotten() {
        board.takesUp(WEB, Map.of(LOGIN, uptake(3)));
        woken.clear();

        board.forget(WEB);

        assertThat(board.find(LOGIN)).isEmpty();
        assertThat(woken).containsExactly(PLATFORM);
    }

    private static Offer offer(long pointer, long generation) {
        return new Offer(Map.of("db", pointer), generation);
    }

    private static Uptake uptake(long pointer) {
        return new Uptake(Map.of("db", pointer), 0, Set.of("api"), Set.of(), Set.of(), Map.of());
    }
}
