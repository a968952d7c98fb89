package dev.bulkhead.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkhead.apply.Digest;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.apply.Kind;
import dev.bulkhead.apply.MovableClock;
import dev.bulkhead.apply.Observation;
import dev.bulkhead.apply.Ownership;
import dev.bulkhead.apply.Ref;
import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the watches say, while they lag behind our own writes and when they don't. */
class ObservationsTest {

    private static final EnvironmentId STAGING = new EnvironmentId("shop", "staging");
    private static final EnvironmentId OTHER = new EnvironmentId("shop", "other");
    private static final Ref FILE = new Ref(Kind.CONFIG_MAP, "web", "api");
    private static final String KEY = "web/api";

    private final MovableClock clock = new MovableClock();
    private final List<EnvironmentId> told = new ArrayList<>();
    private final Observations observations =
            new Observations(new Digest("a key for tests only".getBytes(StandardCharsets.UTF_8)), clock, told::add);
    private final ItemStore<GenericKubernetesResource> watch = observations.store(Kind.CONFIG_MAP);

    @Test
    void whatComesIsSeenAndTold() {
        put(object(1, "one", STAGING));

        assertThat(seen().resourceVersion()).isEqualTo(1);
        assertThat(seen().environment()).isEqualTo(STAGING);
        assertThat(told).containsExactly(STAGING);
    }

    @Test
    void ourOwnWriteIsSeenAtOnceAndItsEchoIsNoNews() {
        put(object(1, "one", STAGING));
        told.clear();

        observations.wrote(FILE, object(2, "two", STAGING));
        assertThat(seen().resourceVersion()).isEqualTo(2);

        put(object(2, "two", STAGING));
        assertThat(told).isEmpty();
        assertThat(seen().resourceVersion()).isEqualTo(2);
    }

    @Test
    void whatTheWatchSaysOfTheTimeBeforeOurWriteIsNotBelieved() {
        put(object(1, "one", STAGING));
        observations.wrote(FILE, object(3, "three", STAGING));

        put(object(2, "two", STAGING));

        assertThat(seen().resourceVersion()).isEqualTo(3);
    }

    @Test
    void anAnswerThatTheWatchHasOvertakenIsNotBelieved() {
        put(object(5, "five", STAGING));

        observations.wrote(FILE, object(4, "four", STAGING));

        assertThat(seen().resourceVersion()).isEqualTo(5);
    }

    @Test
    void anEchoBeforeTheAnswerIsNoNews() {
        observations.write(FILE, () -> {
            put(object(2, "two", STAGING));
            return object(2, "two", STAGING);
        });

        assertThat(told).isEmpty();
        assertThat(seen().resourceVersion()).isEqualTo(2);
    }

    @Test
    void anEditBeforeTheAnswerIsNews() {
        observations.write(FILE, () -> {
            put(object(2, "two", STAGING));
            put(object(3, "three", STAGING));
            return object(2, "two", STAGING);
        });

        assertThat(told).containsExactly(STAGING);
        assertThat(seen().resourceVersion()).isEqualTo(3);
    }

    @Test
    void bothAreToldOfAnObjectThatIsRelabelledBeforeTheAnswer() {
        observations.write(FILE, () -> {
            put(object(3, "two", OTHER));
            return object(2, "two", STAGING);
        });

        assertThat(told).containsExactlyInAnyOrder(STAGING, OTHER);
    }

    @Test
    void anEditDuringAWriteThatFailsIsNews() {
        assertThatThrownBy(() -> observations.write(FILE, () -> {
                    put(object(2, "two", STAGING));
                    throw new IllegalStateException("refused");
                }))
                .hasMessage("refused");

        assertThat(told).containsExactly(STAGING);
    }

    @Test
    void anEditAfterOurWriteIsNews() {
        observations.wrote(FILE, object(2, "two", STAGING));

        put(object(3, "three", STAGING));

        assertThat(told).containsExactly(STAGING);
        assertThat(seen().resourceVersion()).isEqualTo(3);
    }

    @Test
    void aWatchThatDoesNotCatchUpIsBelievedInTheEnd() {
        put(object(1, "one", STAGING));
        observations.wrote(FILE, object(2, "two", STAGING));

        clock.advance(Observations.CATCH_UP.minusMillis(1));
        assertThat(seen().resourceVersion()).isEqualTo(2);

        clock.advance(Duration.ofMillis(1));
        assertThat(seen().resourceVersion()).isEqualTo(1);
    }

    @Test
    void aDeletionIsSeenAndTold() {
        put(object(1, "one", STAGING));
        told.clear();

        watch.remove(KEY);

        assertThat(observations.find(FILE)).isEmpty();
        assertThat(told).containsExactly(STAGING);
        assertThat(watch.remove(KEY)).isNull();
    }

    @Test
    void theDeletionOfAnEarlierOneDoesNotHideTheOneThatWeMadeSince() {
        put(object(1, "one", STAGING));
        observations.wrote(FILE, object(3, "three", STAGING));

        watch.remove(KEY);

        assertThat(seen().resourceVersion()).isEqualTo(3);
    }

    @Test
    void whatWeDeletedIsNotSeenByOurOwnWriteAnyMore() {
        observations.wrote(FILE, object(1, "one", STAGING));

        observations.removed(FILE, "uid");

        assertThat(observations.find(FILE)).isEmpty();
    }

    @Test
    void whatWeDeletedIsGoneBeforeTheWatchKnowsIt() {
        put(object(1, "one", STAGING));
        var uid = seen().uid();

        observations.removed(FILE, uid);

        assertThat(observations.find(FILE)).isEmpty();
        assertThat(observations.owned(STAGING)).isEmpty();
        watch.remove(KEY);
        put(object(2, "one", STAGING));
        assertThat(observations.find(FILE)).isPresent();
    }

    @Test
    void aCopyThatSomebodyMadeOfAnObjectIsNotOwned() {
        put(object(1, "one", STAGING));
        assertThat(observations.owned(STAGING)).extracting(Observation::ref).containsExactly(FILE);

        var copy = object(2, "one", STAGING);
        copy.getMetadata().setManagedFields(List.of());
        put(copy);

        assertThat(observations.owned(STAGING)).isEmpty();
    }

    @Test
    void theOneWhoseObjectIsRelabelledIsToldToo() {
        put(object(1, "one", STAGING));
        told.clear();

        put(object(2, "one", OTHER));

        assertThat(told).containsExactlyInAnyOrder(STAGING, OTHER);
    }

    @Test
    void whatOthersWriteBesideOursIsNoNews() {
        put(object(1, "one", STAGING));
        told.clear();
        var touched = object(2, "one", STAGING);
        touched.getMetadata().setAnnotations(Map.of("theirs", "x"));

        put(touched);

        assertThat(told).isEmpty();
    }

    @Test
    void theWatchGetsBackNoMoreThanANameAndAVersion() {
        put(object(1, "one", STAGING));

        assertThat(watch.keySet()).containsExactly(KEY);
        assertThat(watch.get(KEY).getMetadata().getResourceVersion()).isEqualTo("1");
        assertThat(watch.get(KEY).getAdditionalProperties()).isEmpty();
        assertThat(watch.values()).hasSize(1);
        assertThat(watch.size()).isEqualTo(1);
    }

    private void put(GenericKubernetesResource object) {
        watch.put(watch.getKey(object), object);
    }

    private Observation seen() {
        return observations.find(FILE).orElseThrow();
    }

    private static GenericKubernetesResource object(long resourceVersion, String content, EnvironmentId environment) {
        var fields = new FieldsV1();
        fields.setAdditionalProperty("f:data", Map.of("f:file", Map.of()));
        return new GenericKubernetesResourceBuilder()
                .withApiVersion("v1")
                .withKind("ConfigMap")
                .withNewMetadata()
                .withNamespace("web")
                .withName("api")
                .withUid("uid")
                .withResourceVersion(Long.toString(resourceVersion))
                .withLabels(new Ownership("hub-1", environment, "uid").labels())
                .withManagedFields(new ManagedFieldsEntryBuilder()
                        .withManager(Ownership.MANAGER)
                        .withOperation("Apply")
                        .withFieldsV1(fields)
                        .build())
                .endMetadata()
                .addToAdditionalProperties("data", Map.of("file", content))
                .build();
    }
}
