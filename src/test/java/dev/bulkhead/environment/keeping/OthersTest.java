package dev.bulkhead.environment.keeping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.apply.MovableClock;
import dev.bulkhead.cluster.Delivered;
import dev.bulkhead.environment.keeping.Others.Restart;
import dev.bulkhead.environment.pillar.SecretWord;
import dev.bulkhead.secrets.rotation.Phase;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What others deliver is restarted with the entries that it lists, in turn, and with patience. */
class OthersTest {

    private static final String LEGACY = "Deployment shop-staging-web/legacy";
    private static final String AGENT = "Deployment shop-staging-web/agent";
    private static final Set<String> SETTLED = Set.of("api", "ca", "leaf");

    private final Entries entries = Entries.of(List.of(MaterialsTest.scope()));
    private final Shelves shelves = new Shelves()
            .with("api", Phase.Stable, 1, 0, 0)
            .with("ca", Phase.Stable, 1, 0, 0)
            .with("leaf", Phase.Stable, 1, 0, 0, 1);
    private final List<Delivered> delivered = new ArrayList<>();

    @Test
    void whoOptsInIsRestartedOnceSoThatItIsKnownWhatItHas() {
        delivers("legacy", "", true, "api");

        assertThat(others().usersBehind("api")).containsExactly(LEGACY);
        assertThat(others().due(SETTLED, 1)).extracting(Restart::word).containsExactly(word("api"));

        delivered.clear();
        delivers("legacy", word("api"), false, "api");
        assertThat(others().usersBehind("api")).as("while it rolls").containsExactly(LEGACY);
        assertThat(others().evidence(LEGACY)).isEqualTo("not all of its pods are of its pod template");
        assertThat(others().restarting()).isOne();
        assertThat(others().due(SETTLED, 1)).isEmpty();

        delivered.clear();
        delivers("legacy", word("api"), true, "api");
        assertThat(others().usersBehind("api")).isEmpty();
        assertThat(others().of("api")).containsExactly(LEGACY);
        assertThat(others().of("leaf")).isEmpty();
    }

    @Test
    void aCaIsAcceptedByWhoListsALeaf() {
        delivers("legacy", word("leaf"), true, "leaf");

        shelves.with("ca", Phase.Staged, 1, 0, 2);

        assertThat(others().acceptorsBehind("ca")).containsExactly(LEGACY);
        assertThat(others().usersBehind("leaf")).containsExactly(LEGACY);
        assertThat(others().acceptorsBehind("api")).isEmpty();
    }

    @Test
    void whoLosesTheWordIsBehind() {
        delivers("legacy", word("api"), true, "api");
        assertThat(others().usersBehind("api")).isEmpty();

        delivered.clear();
        delivers("legacy", "", true, "api");

        assertThat(others().usersBehind("api")).containsExactly(LEGACY);
    }

    @Test
    void nobodyIsRestartedBeforeTheTargetHasItNorMoreThanMay() {
        delivers("agent", "", true, "api");
        delivers("legacy", "", true, "api");

        assertThat(others().due(Set.of(), 3)).isEmpty();
        assertThat(others().due(SETTLED, 0)).isEmpty();
        assertThat(others().due(SETTLED, 1))
                .extracting(it -> it.delivered().title())
                .containsExactly(AGENT);
        assertThat(others().due(SETTLED, 2)).hasSize(2);
    }

    @Test
    void whoListsWhatIsNotThereIsLeftAlone() {
        delivers("legacy", "", true, "nobody-has-it");

        assertThat(others().due(SETTLED, 3)).isEmpty();
    }

    @Test
    void whoTakesTheWordOffAgainIsMetWithPatienceAndTold() {
        delivers("legacy", "", true, "api");
        var clock = new MovableClock();
        var restarting = new Restarting(clock);
        var restarts = new ArrayList<String>();
        var due = others().due(SETTLED, 1);

        for (var i = 0; i < 100; i++) {
            restarting.restart(due, (_, word) -> restarts.add(word));
        }
        assertThat(restarts).containsExactly(word("api"));

        clock.advance(Duration.ofSeconds(31));
        assertThat(restarting.restart(due, (_, word) -> restarts.add(word)))
                .extracting(Notice::message)
                .singleElement()
                .asString()
                .contains(LEGACY, "2 times", "bulkhead.dev/secret-version");
        clock.advance(Duration.ofSeconds(31));
        restarting.restart(due, (_, word) -> restarts.add(word));
        assertThat(restarts).hasSize(2);
    }

    @Test
    void whatIsRefusedIsToldAndNotThrown() {
        delivers("legacy", "", true, "api");

        assertThat(new Restarting(new MovableClock()).restart(others().due(SETTLED, 1), (_, _) -> {
                    throw new KubernetesClientException("no");
                }))
                .extracting(Notice::reason)
                .containsExactly("RestartRefused");
    }

    private void delivers(String name, String word, boolean rolledOut, String... listed) {
        delivered.add(new Delivered(
                "Deployment",
                "shop-staging-web",
                name,
                "uid-of-" + name,
                new TreeSet<>(List.of(listed)),
                word,
                rolledOut));
    }

    private String word(String... listed) {
        return word(new Delivered("", "shop-staging-web", "", "", new TreeSet<>(List.of(listed)), "", true));
    }

    private String word(Delivered one) {
        return SecretWord.of(one, new Materials(entries, shelves.shelf()).all(), Map.of());
    }

    private Others others() {
        return new Others(delivered, entries, this::word);
    }
}
