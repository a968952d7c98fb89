package dev.bulkhead.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.api.v1alpha1.Drift;
import dev.bulkhead.api.v1alpha1.Environment;
import dev.bulkhead.api.v1alpha1.EnvironmentStatus;
import dev.bulkhead.apply.Applied;
import dev.bulkhead.apply.Contests.Contest;
import dev.bulkhead.apply.Health;
import dev.bulkhead.apply.Inventory.Held;
import dev.bulkhead.apply.Level;
import dev.bulkhead.apply.Origin;
import dev.bulkhead.apply.Ref;
import dev.bulkhead.apply.Step;
import dev.bulkhead.secrets.vault.Outdated;
import dev.bulkhead.secrets.vault.VaultRefused;
import dev.bulkhead.status.Conditions;
import dev.bulkhead.status.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the status of an environment says of a look at it. */
class EnvironmentReporterTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Ref DEPLOYMENT = PassWorld.ref("Deployment", "api");
    private static final Ref NAMESPACE = Ref.namespace("shop-staging-web");
    private static final Ref POLICY = PassWorld.STAGING.plan().byRef().keySet().stream()
            .filter(it -> it.kind().kind().equals("NetworkPolicy"))
            .findFirst()
            .orElseThrow();
    private static final Step CHANGE =
            new Step.Write(PassWorld.planned("Deployment", "api"), "desired", Step.Why.CHANGED, "uid");
    private static final Step CREATE =
            new Step.Write(PassWorld.planned("Deployment", "frontend"), "desired", Step.Why.NEW, "");
    private static final Step REMOVE = new Step.Remove(held(new Ref(POLICY.kind(), POLICY.namespace(), "old")));

    private final EnvironmentReporter reporter = new EnvironmentReporter();

    static Stream<Arguments> passes() {
        return Stream.of(
                Arguments.of("Apply", new Pass.Missing(Reason.WaitingForClass, "no class"), "Reconciling"),
                Arguments.of("Apply", impossible(), "Stalled"),
                Arguments.of("Plan", PassWorld.previewed(), "Stalled"),
                Arguments.of("Plan", PassWorld.previewed(CHANGE), "Stalled"),
                Arguments.of("Pause", PassWorld.previewed(), "Ready"),
                Arguments.of("Pause", PassWorld.previewed(CHANGE), "Stalled"),
                Arguments.of("Apply", PassWorld.live(), "Ready"),
                Arguments.of("Apply", PassWorld.live(refused()), "Stalled"),
                Arguments.of("Apply", PassWorld.live(foreign()), "Stalled"),
                Arguments.of("Apply", PassWorld.live(contested()), "Stalled"),
                Arguments.of("Apply", PassWorld.live(waiting(Applied.Lack.TARGET)), "Reconciling"),
                Arguments.of("Apply", PassWorld.live(repaired("kubectl")), "Ready"),
                Arguments.of("Apply", PassWorld.live(new Applied.Kept(NAMESPACE, "kept")), "Ready"),
                Arguments.of("Apply", PassWorld.live(starting()), "Reconciling"),
                Arguments.of("Apply", PassWorld.live(failed()), "Stalled"),
                Arguments.of("Apply", PassWorld.live(starting(), refused()), "Stalled"));
    }

    @ParameterizedTest
    @MethodSource("passes")
    void exactlyOneStandingHoldsAndItIsTheWorst(String mode, Pass pass, String standing) {
        var status = report(environment(mode), pass);

        assertThat(status.observedGeneration()).isEqualTo(5);
        assertThat(status.conditions()).allMatch(it -> it.getObservedGeneration() == 5);
        assertThat(status.conditions())
                .filteredOn(it -> List.of("Ready", "Reconciling", "Stalled").contains(it.getType()))
                .filteredOn(it -> it.getStatus().equals("True"))
                .extracting(Condition::getType)
                .containsExactly(standing);
    }

    @ParameterizedTest
    @MethodSource("passes")
    void theSameLookAgainIsTheSameStatusSoThatNothingIsWritten(String mode, Pass pass, String standing) {
        var environment = environment(mode);
        var first = report(environment, pass);
        environment.setStatus(first);

        assertThat(report(environment, pass)).isEqualTo(first);
    }

    @Test
    void theStatusNamesWhatTheLivePlanIsMadeOf() {
        var status = report(environment("Apply"), PassWorld.live());

        assertThat(status.cluster()).isEqualTo("local");
        assertThat(status.namespaces()).singleElement().satisfies(it -> {
            assertThat(it.name()).isEqualTo("web");
            assertThat(it.namespace()).isEqualTo("shop-staging-web");
        });
        assertThat(status.inputs())
                .extracting(it -> "%s %s %d".formatted(it.kind(), it.name(), it.generation()))
                .containsExactly("Workload api 2", "Workload frontend 2");
        assertThat(status.objects())
                .isEqualTo(PassWorld.STAGING.plan().entries().size());
        assertThat(status.drift()).isEqualTo(Drift.None);
        assertThat(status.plan()).isNull();
    }

    @Test
    void whatIsOnlyShownIsNotSaidToBeLive() {
        var environment = environment("Plan");

        assertThat(report(environment, PassWorld.previewed(CHANGE)).inputs()).isEmpty();
        assertThat(report(environment, PassWorld.previewed()).inputs()).hasSize(2);
    }

    @Test
    void aPlanIsCountedAndItsFirstChangesAreShown() {
        var plan = report(environment("Plan"), PassWorld.previewed(CHANGE, CREATE, REMOVE))
                .plan();

        assertThat(plan.create()).isEqualTo(1);
        assertThat(plan.change()).isEqualTo(1);
        assertThat(plan.delete()).isEqualTo(1);
        assertThat(plan.first())
                .containsExactly("change " + DEPLOYMENT, "create " + CREATE.ref(), "delete " + REMOVE.ref());
    }

    @Test
    void aLongPlanIsCutInTheStatusAndNotInTheCount() {
        var changes = Stream.generate(() -> CHANGE).limit(40).toArray(Step[]::new);

        var plan = report(environment("Plan"), PassWorld.previewed(changes)).plan();

        assertThat(plan.change()).isEqualTo(40);
        assertThat(plan.first()).hasSize(10);
    }

    @Test
    void whatIsMissingLaterTakesNothingFromWhatIsKnown() {
        var environment = environment("Apply");
        var live = report(environment, PassWorld.live());
        environment.setStatus(live);

        var status = report(environment, new Pass.Missing(Reason.WaitingForCluster, "gone"));

        assertThat(status.inputs()).isEqualTo(live.inputs());
        assertThat(status.fingerprint()).isEqualTo(live.fingerprint());
        assertThat(status.namespaces()).isEqualTo(live.namespaces());
    }

    @Test
    void whatIsMissingForFiveMinutesIsStalledAndHeals() {
        var environment = environment("Apply");
        var missing = new Pass.Missing(Reason.WaitingForClass, "no class");
        environment.setStatus(report(environment, missing));

        var late = reporter.status(environment, missing, NOW.plus(Duration.ofMinutes(5)));
        assertThat(reason(late, Conditions.STALLED)).isEqualTo(Reason.WaitingForClass.name());

        environment.setStatus(late);
        assertThat(reason(report(environment, PassWorld.live()), Conditions.READY))
                .isEqualTo(Reason.Ready.name());
    }

    @ParameterizedTest
    @EnumSource(
            value = Applied.Lack.class,
            names = {"NAMESPACE", "SECRET"})
    void whatSomebodyHasToBringIsWaitedForNoLongerThanThat(Applied.Lack lack) {
        var environment = environment("Apply");
        var waiting = PassWorld.live(waiting(lack));
        environment.setStatus(report(environment, waiting));
        assertThat(standing(environment.getStatus())).isEqualTo(Conditions.RECONCILING);

        assertThat(standing(reporter.status(environment, waiting, NOW.plus(Duration.ofMinutes(5)))))
                .isEqualTo(Conditions.STALLED);
    }

    @Test
    void aTargetThatDoesNotAnswerIsTriedForEver() {
        var environment = environment("Apply");
        var waiting = PassWorld.live(waiting(Applied.Lack.TARGET));
        environment.setStatus(report(environment, waiting));

        var late = reporter.status(environment, waiting, NOW.plus(Duration.ofDays(1)));

        assertThat(reason(late, Conditions.RECONCILING)).isEqualTo(Reason.TargetFault.name());
    }

    @Test
    void eachConcernHasItsOwnCondition() {
        var status = report(environment("Apply"), PassWorld.live(new Applied.Refused(POLICY, "no")));

        assertThat(condition(status, "NetworkReady").getStatus()).isEqualTo("False");
        assertThat(condition(status, "NetworkReady").getReason()).isEqualTo(Reason.Refused.name());
        assertThat(condition(status, "ComputeReady").getStatus()).isEqualTo("True");
        assertThat(condition(status, "SecretsReady").getStatus()).isEqualTo("True");
    }

    @Test
    void aRepairIsRememberedWithItsCulprit() {
        var environment = environment("Apply");
        var status = report(environment, PassWorld.live(repaired("kubectl")));

        assertThat(status.drift()).isEqualTo(Drift.Repaired);
        assertThat(status.lastRepair().object()).isEqualTo(DEPLOYMENT.toString());
        assertThat(status.lastRepair().manager()).isEqualTo("kubectl");

        environment.setStatus(status);
        assertThat(report(environment, PassWorld.live()).lastRepair()).isEqualTo(status.lastRepair());
    }

    @Test
    void aContestNamesTheRivalAndTheNextRepair() {
        var status = report(environment("Apply"), PassWorld.live(contested()));

        assertThat(status.drift()).isEqualTo(Drift.Contested);
        assertThat(condition(status, Conditions.READY).getMessage())
                .contains("was changed 5 times by rival")
                .contains("2026-01-01T00:00:10Z");
    }

    @Test
    void inWhateverOrderItIsKnownTheStatusIsTheSame() {
        var one = new LinkedHashMap<Origin, Health>();
        one.put(PassWorld.API, Health.failed("a"));
        one.put(PassWorld.WEB, Health.failed("b"));
        var other = new LinkedHashMap<Origin, Health>();
        other.put(PassWorld.WEB, Health.failed("b"));
        other.put(PassWorld.API, Health.failed("a"));

        assertThat(report(environment("Apply"), PassWorld.live(one)))
                .isEqualTo(report(environment("Apply"), PassWorld.live(other)));
    }

    @Test
    void anExceptionIsSaidInWordsAndWithoutATrace() {
        var status = reporter.failure(
                environment("Apply"), new IllegalStateException(new IllegalArgumentException("bad port")), NOW);

        assertThat(standing(status)).isEqualTo(Conditions.RECONCILING);
        assertThat(condition(status, Conditions.READY).getMessage())
                .contains("bad port")
                .doesNotContain("\tat ");
    }

    @Test
    void aVaultThatAPersonHasToPutRightIsNoFaultOfOurs() {
        var status = reporter.failure(
                environment("Apply"),
                new IllegalStateException(new VaultRefused("Namespace x isn't hub y's. Rename it")),
                NOW);

        assertThat(standing(status)).isEqualTo(Conditions.STALLED);
        assertThat(condition(status, Conditions.READY).getMessage()).isEqualTo("Namespace x isn't hub y's. Rename it");
        assertThat(condition(status, Conditions.READY).getReason()).isEqualTo("VaultUnusable");
    }

    @Test
    void whoeverComesTooLateLooksAgainAndReportsNothing() {
        var status = reporter.failure(environment("Apply"), new Outdated("It is read again"), NOW);

        assertThat(standing(status)).isEqualTo(Conditions.RECONCILING);
        assertThat(condition(status, Conditions.READY).getMessage()).isEqualTo("It is read again");
        assertThat(condition(status, Conditions.READY).getReason()).isEqualTo("Progressing");
    }

    private EnvironmentStatus report(Environment environment, Pass pass) {
        return reporter.status(environment, pass, NOW);
    }

    private static Environment environment(String mode) {
        var environment = Manifest.parse(java.nio.file.Path.of("text of a test"), """
                        kind: Environment
                        metadata: {name: staging, namespace: shop, generation: 5}
                        spec: {reconcile: %s, namespaces: [{name: web}]}
                        """.formatted(mode))
                .getFirst()
                .as(Environment.class);
        environment.setStatus(null);
        return environment;
    }

    private static String standing(EnvironmentStatus status) {
        return status.conditions().stream()
                .filter(it -> List.of("Ready", "Reconciling", "Stalled").contains(it.getType()))
                .filter(it -> it.getStatus().equals("True"))
                .map(Condition::getType)
                .findFirst()
                .orElseThrow();
    }

    private static Condition condition(EnvironmentStatus status, String type) {
        return Conditions.find(status.conditions(), type).orElseThrow();
    }

    private static String reason(EnvironmentStatus status, String type) {
        return condition(status, type).getReason();
    }

    private static Pass impossible() {
        return new Pass.Impossible(
                new Acceptance(List.of(new Verdict.Refused(Reason.QuotaAboveCeiling, "too much")), Map.of()));
    }

    private static Applied refused() {
        return new Applied.Refused(DEPLOYMENT, "no");
    }

    private static Applied foreign() {
        return new Applied.Foreign(NAMESPACE, "not ours");
    }

    private static Applied contested() {
        return new Applied.Contested(DEPLOYMENT, new Contest(DEPLOYMENT, 5, NOW, "rival"));
    }

    private static Applied waiting(Applied.Lack lack) {
        return new Applied.Waiting(DEPLOYMENT, "not yet", lack);
    }

    private static Applied repaired(String manager) {
        return new Applied.Changed(held(DEPLOYMENT), Step.Why.EDITED, manager);
    }

    private static Held held(Ref ref) {
        return new Held(ref, Level.WORKLOAD, "desired", "digest", "uid");
    }

    private static Map<Origin, Health> starting() {
        return Map.of(PassWorld.API, new Health(Health.State.PROGRESSING, "0 of 1 replicas are available", 1, 0));
    }

    private static Map<Origin, Health> failed() {
        return Map.of(PassWorld.API, Health.failed("took too long"));
    }
}
