package dev.bulkhead.environment;

import dev.bulkhead.api.v1alpha1.Environment;
import dev.bulkhead.api.v1alpha1.EnvironmentStatus;
import dev.bulkhead.api.v1alpha1.Operation;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.contributor.Statuses;
import dev.bulkhead.environment.keeping.Kept;
import dev.bulkhead.environment.reach.ReachBook;
import dev.bulkhead.secrets.report.SecretMeters;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Everything that is said of a look at an environment: status, Events, reports to others, figures. */
public final class EnvironmentAccount {

    private final Statuses<Environment, EnvironmentStatus> statuses = new Statuses<>(Environment::new);
    private final EnvironmentReporter reporter = new EnvironmentReporter();
    private final EnvironmentAnnouncer announcer;
    private final EnvironmentMeters meters;
    private final SecretMeters secrets;
    private final Cadence cadence;
    private final ReachBook reach;
    private final Clock clock;

    public EnvironmentAccount(
            EnvironmentAnnouncer announcer,
            EnvironmentMeters meters,
            SecretMeters secrets,
            Cadence cadence,
            ReachBook reach,
            Clock clock) {
        this.announcer = announcer;
        this.meters = meters;
        this.secrets = secrets;
        this.cadence = cadence;
        this.reach = reach;
        this.clock = clock;
    }

    /** The environment with the status that it has, our last write included. */
    Environment refreshed(Environment cached) {
        return statuses.refresh(cached);
    }

    /** @return when to look again if nothing happens */
    Duration give(Environment environment, Pass result, List<Operation> operations, KubernetesClient client) {
        var id = EnvironmentId.of(environment);
        var now = clock.instant();
        announcer.announce(environment, result, operations);
        var status = reporter.status(environment, result, now);
        meters.record(id, result, status);
        if (result instanceof Pass.Live live) {
            record(id, live.kept());
        }
        statuses.write(client, environment, status);
        return cadence.next(id, result, status.conditions(), now);
    }

    private void record(EnvironmentId id, Kept kept) {
        secrets.record(id, List.copyOf(kept.reports().values()));
        kept.news()
                .forEach(news -> secrets.count(
                        kept.entries().kept().get(news.entry()).entry().type(), news.event()));
    }

    void failed(Environment environment, Exception e, KubernetesClient client) {
        statuses.write(client, environment, reporter.failure(environment, e, clock.instant()));
    }

    /** It is about to be gone. */
    void close(Environment environment) {
        var id = EnvironmentId.of(environment);
        announcer.forget(environment);
        cadence.forget(id);
        meters.forget(id);
        secrets.forget(id);
        reach.forget(id);
        statuses.forget(environment);
    }
}
