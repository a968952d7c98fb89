package dev.bulkhead.secrets.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.api.v1alpha1.Operation;
import dev.bulkhead.api.v1alpha1.OperationAction;
import dev.bulkhead.api.v1alpha1.OperationResult;
import dev.bulkhead.api.v1alpha1.OperationSpec;
import dev.bulkhead.api.v1alpha1.Reference;
import dev.bulkhead.api.v1alpha1.SecretEntry;
import dev.bulkhead.api.v1alpha1.SecretsSettings;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.operation.OperationId;
import dev.bulkhead.operation.OperationReport;
import dev.bulkhead.secrets.rotation.Line;
import dev.bulkhead.secrets.rotation.Phase;
import dev.bulkhead.secrets.rotation.VersionFacts;
import dev.bulkhead.secrets.rotation.Wish;
import dev.bulkhead.secrets.vault.Journal;
import dev.bulkhead.secrets.vault.Shelf;
import dev.bulkhead.status.Reason;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is asked of entries, and what whoever asked hears of it. */
class RotationReportsTest {

    private static final Operation ROTATE = operation(OperationAction.Rotate, "u1", "db");
    private static final Operation ROLLBACK = operation(OperationAction.Rollback, "u1", "db");

    private final Map<String, Subject> entries = new TreeMap<>();

    @Test
    void whatIsAskedComesToTheEntryTheOldestFirst() {
        are("db", Lines.stable());
        are("api", Lines.stable());

        assertThat(Wishes.of(
                        List.of(
                                operation(OperationAction.Hold, "u1", "db", "api"),
                                operation(OperationAction.Resume, "u2", "api")),
                        entries))
                .isEqualTo(Map.of(
                        "db",
                        List.of(new Wish(Wish.Kind.Hold, "u1")),
                        "api",
                        List.of(new Wish(Wish.Kind.Hold, "u1"), new Wish(Wish.Kind.Resume, "u2"))));
    }

    @Test
    void anOperationAboutSomethingElseAsksNothing() {
        are("db", Lines.stable());
        var release = operation(OperationAction.Release, "u1");

        assertThat(Wishes.of(List.of(release), entries)).isEmpty();
        assertThat(RotationReports.of(List.of(release), entries)).isEmpty();
    }

    @Test
    void whatWasTakenIsNotAskedAgain() {
        are("db", Lines.staged().took("u1"));

        assertThat(Wishes.of(List.of(ROTATE), entries)).isEmpty();
    }

    @Test
    void whatALineHasForgottenTenOperationsLaterIsNotAskedAgainWhileItsRotationIsUnderWay() {
        are("db", Lines.draining().rotation("bbbb", "Operation:u1").took("u2", "u3"));

        assertThat(Wishes.of(List.of(ROTATE), entries)).isEmpty();
        assertThat(report(ROTATE).finished()).isFalse();
    }

    @Test
    void noMoreIsAskedThanALineRemembers() {
        var taken = IntStream.range(0, 8).mapToObj("old%d"::formatted).toArray(String[]::new);
        are("db", Lines.stable().took(taken));
        var open = Stream.concat(Stream.of(taken), IntStream.range(0, 5).mapToObj("new%d"::formatted))
                .map(it -> operation(OperationAction.Hold, it, "db"))
                .toList();

        assertThat(Wishes.of(open, entries).get("db"))
                .extracting(Wish::operation)
                .containsExactly("new0", "new1");
    }

    @Test
    void anEntryThatIsNotThereIsRefusedAndTheOthersAreLeftAsTheyAre() {
        are("db", Lines.stable());
        var both = operation(OperationAction.Rotate, "u1", "db", "nobody");

        assertThat(Wishes.of(List.of(both), entries)).isEmpty();
        refused(both, "entry nobody: no SecretScope of the environment has it; there are db");
        assertThat(report(both).results()).contains(new OperationResult("entry db", "was left as it is"));
    }

    @Test
    void anEntryThatIsTakenOutLaterDoesNotStopTheOthers() {
        are("db", Lines.staged().rotation("bbbb", "Operation:u1").took("u1"));
        var both = operation(OperationAction.Rotate, "u1", "db", "nobody");

        assertThat(report(both).finished()).isFalse();

        are("db", Lines.stable().rotation("bbbb", "Operation:u1").took("u1"));
        refused(both, "entry nobody: no SecretScope of the environment has it; there are db");
    }

    @Test
    void whatIsCopiedIsChangedWhereItComesFrom() {
        isCopied(Lines.stable(), "as before");

        refused(
                operation(OperationAction.Rotate, "u1", "stripe"),
                "entry stripe: it is Static. Change Secret payment that it comes from, and it follows");
        refused(
                operation(OperationAction.Compromised, "u1", "stripe"),
                "entry stripe: it is Static, and Secret payment still has the value that others know. Put another one there,"
                        + " and then ask again");
        refused(
                operation(OperationAction.Rollback, "u1", "stripe"),
                "entry stripe: it can't go back: the version before is retired, and not accepted any more. Put its value back"
                        + " into Secret payment");
        assertThat(report(operation(OperationAction.Hold, "u1", "stripe")).finished())
                .isFalse();
    }

    @Test
    void whatIsCopiedAndCompromisedGoesAtOnceIfThereIsAnother() {
        isCopied(Lines.stable(), "another");
        assertThat(report(operation(OperationAction.Compromised, "u1", "stripe"))
                        .finished())
                .isFalse();

        isCopied(Lines.in(Phase.Draining).previous(3), "as before");
        assertThat(report(operation(OperationAction.Compromised, "u1", "stripe"))
                        .finished())
                .isFalse();
    }

    @Test
    void whatIsCopiedAndLostIsCopiedAgainWhenSomebodySaysSo() {
        isCopied(Lines.in(Phase.Lost), "as before");

        assertThat(report(operation(OperationAction.Rotate, "u1", "stripe")).finished())
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = OperationAction.class,
            names = {"Rotate", "Rollback", "Hold", "Resume", "Retry", "Compromised"})
    void whatComesFromElsewhereIsRotatedThere(OperationAction action) {
        is("cloud", "{name: cloud, type: External}");
        is("partner", "{name: partner, type: Granted, granted: {scope: partners, entry: token}}");
        is("edge", "{name: edge, type: TLS, tls: {certManager: {name: public}}}");

        refused(
                operation(action, "u1", "cloud"),
                "entry cloud: it is External. Change it in the store that it comes from");
        refused(
                operation(action, "u1", "partner"),
                "entry partner: it is granted by SecretScope partners. Have it rotated there");
        refused(operation(action, "u1", "edge"), "entry edge: it is made by cert-manager. Have it renewed there");
    }

    @Test
    void aRotationIsFollowedToItsEnd() {
        are("db", Lines.stable());
        assertThat(text(ROTATE)).isEqualTo("is being taken up");

        are("db", Lines.staged().rotation("bbbb", "Operation:u1").took("u1"));
        assertThat(text(ROTATE)).isEqualTo("Staged: version 5 is made, and brought to those who have to accept it");

        are("db", Lines.draining().rotation("bbbb", "Operation:u1").took("u1"));
        assertThat(text(ROTATE))
                .isEqualTo("Draining: version 5 is in use; version 4 is accepted until 2026-11-22T13:00:00Z");
        assertThat(report(ROTATE).finished()).isFalse();

        are("db", Lines.stable().current(5).rotation("bbbb", "Operation:u1").took("u1"));
        assertThat(report(ROTATE).standing().reason()).isEqualTo(Reason.Succeeded);
        assertThat(report(ROTATE).finished()).isTrue();
        assertThat(text(ROTATE)).isEqualTo("Stable: version 5 is the one in use");
    }

    @Test
    void aRotationThatHasGivenWayToTheNextIsOver() {
        are("db", Lines.staged().rotation("cccc", "Operation:u2").took("u1", "u2"));

        assertThat(report(ROTATE).finished()).isTrue();
    }

    @Test
    void aRotationThatWasTakenBackWasNotDone() {
        are("db", Lines.retired().rotation("cccc", "Operation:u2/Rollback").took("u1", "u2"));

        refused(
                ROTATE,
                "entry db: was taken back by an Operation Rollback. Retired: version 4 is not accepted any more, and being"
                        + " revoked");
    }

    @Test
    void whoHasToWaitHearsForWhat() {
        are("db", Lines.draining());
        assertThat(text(ROTATE)).startsWith("waits until this is over: Draining");

        are("db", Lines.stable().onHold());
        assertThat(text(ROTATE)).startsWith("waits, because the entry is on hold: an Operation Resume ends that");

        entries.put("db", new Subject("", "", false, null));
        assertThat(text(ROTATE)).isEqualTo("waits for its first version");
    }

    @Test
    void aFailureIsToldToWhoeverAsked() {
        are(
                "db",
                Lines.staged()
                        .rotation("bbbb", "Operation:u1")
                        .took("u1")
                        .failed(2, "hook install didn't end in time"));

        assertThat(text(ROTATE))
                .endsWith(
                        "; failed 2 times, and is tried again at 2026-11-22T13:00:00Z: hook install didn't end in time");
        assertThat(report(ROTATE).finished()).isFalse();
    }

    @Test
    void nothingGoesBackToWhatIsRetired() {
        are("db", Lines.stable());
        refused(
                ROLLBACK,
                "entry db: it can't go back: the version before is retired, and not accepted any more. Rotate makes a new one");
        assertThat(Wishes.of(List.of(ROLLBACK), entries)).isEmpty();

        are("db", Lines.retired());
        assertThat(Wishes.of(List.of(ROLLBACK), entries)).isEmpty();
    }

    @Test
    void whatIsStillAcceptedCanBeGoneBackTo() {
        are("db", Lines.draining());
        assertThat(Wishes.of(List.of(ROLLBACK), entries)).containsKey("db");

        are("db", Lines.staged());
        assertThat(Wishes.of(List.of(ROLLBACK), entries)).containsKey("db");

        are("db", Lines.in(Phase.Due).retiring(5).failed(1, "hook verify refused version 5"));
        assertThat(Wishes.of(List.of(ROLLBACK), entries)).containsKey("db");
    }

    @ParameterizedTest
    @EnumSource(
            value = OperationAction.class,
            names = {"Hold", "Resume", "Retry"})
    void whatIsDoneAtOnceIsOverAsSoonAsItIsTaken(OperationAction action) {
        var operation = operation(action, "u1", "db");
        are("db", Lines.staged());
        assertThat(report(operation).finished()).isFalse();

        are("db", Lines.staged().took("u1"));
        assertThat(report(operation).standing().reason()).isEqualTo(Reason.Succeeded);
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void everyPhaseHasItsWords(Phase phase) {
        are("db", Lines.in(phase).pending(5).previous(3).retiring(2).took("u1").rotation("b", "Operation:u1"));

        assertThat(text(ROTATE)).startsWith(phase + ": ").contains("version");
    }

    private void is(String name, String entry) {
        entries.put(
                name,
                Subject.of(
                        Serialization.unmarshal("---\n" + entry, SecretEntry.class),
                        shelf(name, Lines.stable().line()),
                        Optional.empty()));
    }

    private void isCopied(Lines line, String source) {
        var current = line.line().current();
        var facts = new VersionFacts(current, "x", "id", "as before", Instant.EPOCH, null, null, 0);
        entries.put(
                "stripe",
                Subject.of(
                        Serialization.unmarshal(
                                "---\n{name: stripe, type: Static, from: {secretRef: {name: payment, key: token}}}",
                                SecretEntry.class),
                        new Shelf(
                                shelf("stripe", line.line()).journal(),
                                Map.of("stripe", new TreeMap<>(Map.of(current, facts)))),
                        Optional.of(source)));
    }

    private static Shelf shelf(String entry, Line line) {
        var journal = new Journal(
                new EnvironmentId("shop", "staging"), new TreeMap<>(Map.of(entry, line)), new TreeMap<>(), "1");
        return new Shelf(journal, Map.of());
    }

    private void are(String entry, Lines line) {
        entries.put(entry, new Subject("", "", false, line.line()));
    }

    private OperationReport report(Operation operation) {
        return RotationReports.of(List.of(operation), entries).get(OperationId.of(operation));
    }

    private String text(Operation operation) {
        return report(operation).results().getFirst().text();
    }

    private void refused(Operation operation, String message) {
        var report = report(operation);
        assertThat(report.standing().reason()).isEqualTo(Reason.OperationRefused);
        assertThat(report.standing().message()).isEqualTo(message);
        assertThat(report.finished()).isTrue();
    }

    private static Operation operation(OperationAction action, String uid, String... names) {
        var operation = new Operation();
        operation.setMetadata(new ObjectMetaBuilder()
                .withNamespace("shop")
                .withName("operation-" + uid)
                .withUid(uid)
                .build());
        operation.setSpec(new OperationSpec(
                action,
                new Reference("staging"),
                null,
                null,
                null,
                null,
                names.length == 0 ? null : new SecretsSettings(List.of(names))));
        return operation;
    }
}
