package dev.bulkhead.apply;

import static dev.bulkhead.apply.Objects.OF_STAGING;
import static dev.bulkhead.apply.Objects.OURS;
import static dev.bulkhead.apply.Objects.plan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.apply.Releaser.Let;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is let go stays as it is, and nothing of ours stays on it. */
class ReleaserTest {

    private static final Digest DIGEST = new Digest("a key for tests only".getBytes(StandardCharsets.UTF_8));
    private static final Entry WEB = OF_STAGING.namespace("web");
    private static final Entry PODS = OF_STAGING.pods("web", "api", 2);
    private static final Entry SECRET = OF_STAGING.secret("web", "db", "1");
    private static final Plan ALL = plan(PODS, SECRET, WEB);

    private final FakeTarget target = new FakeTarget(DIGEST);
    private final Applier applier = new Applier(DIGEST, new SameThread(), new MovableClock());
    private final Releaser releaser = new Releaser(new Parallel(new SameThread()));

    @Test
    void labelsAndFieldsOfOursGoAndTheRestStays() {
        applier.apply(ALL, OURS, target, Consent.NONE);
        var uid = target.uid(PODS.ref());

        var all = releaser.release(OURS, target);

        assertThat(all).hasSize(3).allMatch(Let.Go.class::isInstance);
        assertThat(target.uid(PODS.ref())).isEqualTo(uid);
        assertThat(target.field(PODS.ref(), "spec", "replicas")).isEqualTo(2);
        assertThat(target.content().values()).allSatisfy(fields -> assertThat(fields.keySet())
                .noneMatch(path ->
                        path.size() > 2 && path.getFirst().equals("metadata") && Ownership.isOurs(path.getLast())));
        assertThat(target.observed(PODS.ref())).isEmpty();
        assertThat(target.get(PODS.ref()).orElseThrow().getMetadata().getManagedFields())
                .isEmpty();
    }

    @Test
    void theNamespaceComesLast() {
        applier.apply(ALL, OURS, target, Consent.NONE);
        target.requests();

        releaser.release(OURS, target);

        assertThat(target.requests())
                .filteredOn(it -> it.startsWith("patch"))
                .hasSize(3)
                .last()
                .isEqualTo("patch Namespace web");
    }

    @Test
    void whatWasLetGoOnceIsNotTouchedAgain() {
        applier.apply(ALL, OURS, target, Consent.NONE);
        releaser.release(OURS, target);
        target.requests();

        var again = releaser.release(OURS, target);

        assertThat(again).hasSize(3).allMatch(Let.Go.class::isInstance);
        assertThat(target.requests()).noneMatch(it -> it.startsWith("patch"));
    }

    @Test
    void whatIsNotOursIsNotTouched() {
        applier.apply(ALL, OURS, target, Consent.NONE);
        target.edit(PODS.ref(), "somebody", "another", "metadata", "labels", Ownership.ENVIRONMENT);
        target.requests();

        releaser.release(OURS, target);

        assertThat(target.requests()).doesNotContain("patch Deployment web/api");
    }

    @Test
    void aSecretThatIsLetGoIsSaidToBeRotatedByNobody() {
        applier.apply(ALL, OURS, target, Consent.NONE);

        assertThat(releaser.release(OURS, target))
                .filteredOn(it -> it.ref().equals(SECRET.ref()))
                .singleElement()
                .satisfies(it -> assertThat(((Let.Go) it).notes()).isEqualTo(List.of("nothing rotates it any more")));
    }
}
