package dev.bulkhead.environment;

import dev.bulkhead.api.v1alpha1.Environment;
import dev.bulkhead.api.v1alpha1.Operation;
import dev.bulkhead.api.v1alpha1.OperationAction;
import dev.bulkhead.api.v1alpha1.OperationResult;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.apply.Inventory;
import dev.bulkhead.apply.Ownership;
import dev.bulkhead.apply.Releaser;
import dev.bulkhead.apply.Releaser.Let;
import dev.bulkhead.apply.Target;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Leaving: everything that an environment has keeps running, and nothing of ours stays on it. The environment then says
 * so of itself, and isn't looked after until somebody takes that word off it.
 */
public final class Release {

    private final Hub hub;
    private final String hubId;
    private final Slices slices;
    private final Function<Environment, Where> where;
    private final Releaser releaser;
    private final Clock clock;
    private final Map<String, Marked> marked = new ConcurrentHashMap<>();

    private record Marked(String since, long resourceVersion) {}

    public Release(
            Hub hub, String hubId, Slices slices, Function<Environment, Where> where, Releaser releaser, Clock clock) {
        this.hub = hub;
        this.hubId = hubId;
        this.slices = slices;
        this.where = where;
        this.releaser = releaser;
        this.clock = clock;
    }

    /** Whether the environment is released, or is to be. */
    boolean isMeant(Environment environment, List<Operation> operations) {
        return since(environment).isPresent()
                || operations.stream().anyMatch(it -> it.getSpec().action() == OperationAction.Release);
    }

    /** A cache may not know yet what was done a moment ago. */
    private Optional<String> since(Environment environment) {
        var metadata = environment.getMetadata();
        var lately = marked.computeIfPresent(
                metadata.getUid(),
                (_, it) -> it.resourceVersion <= Long.parseLong(metadata.getResourceVersion()) ? null : it);
        return ReleaseMark.on(environment).or(() -> Optional.ofNullable(lately).map(Marked::since));
    }

    Pass.Released look(Environment environment, List<Operation> operations, KubernetesClient client) {
        var since = since(environment);
        if (since.isPresent()) {
            // JOSDK puts the finalizer back whenever it is at work on an environment that hasn't got it.
            Farewell.to(environment, client);
            return new Pass.Released(since.get(), List.of(letGo(EnvironmentId.of(environment))), "");
        }
        return switch (where.apply(environment)) {
            case Where.Here here -> from(here.target(), environment, client);
            case Where.Away away
            when away.lost() && Abandonment.isAllowed(operations) ->
                done(environment, List.of(left(environment, away)), client);
            case Where.Away away ->
                new Pass.Released("", List.of(), "TargetCluster %s: %s".formatted(away.cluster(), away.message()));
        };
    }

    private Pass.Released from(Target target, Environment environment, KubernetesClient client) {
        var id = EnvironmentId.of(environment);
        var all = releaser.release(
                new Ownership(hubId, id, environment.getMetadata().getUid()), target);
        var trouble = all.stream()
                .filter(Let.NotYet.class::isInstance)
                .map(it -> ((Let.NotYet) it).message())
                .findFirst();
        var results = Stream.concat(Stream.of(letGo(id)), all.stream().map(Release::result))
                .toList();
        if (trouble.isPresent()) {
            return new Pass.Released("", results, trouble.get());
        }
        target.store(id, Inventory.EMPTY);
        return done(environment, results, client);
    }

    private Pass.Released done(Environment environment, List<OperationResult> results, KubernetesClient client) {
        var id = EnvironmentId.of(environment);
        hub.contributors(id).values().forEach(slices::drop);
        hub.departed(id).forEach(slices::drop);
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var answer = ReleaseMark.put(environment, client, now).getMetadata();
        marked.put(answer.getUid(), new Marked(now.toString(), Long.parseLong(answer.getResourceVersion())));
        return new Pass.Released(now.toString(), results, "");
    }

    /** The first line, and the only one when another process had done it and didn't live to tell. */
    private static OperationResult letGo(EnvironmentId environment) {
        return new OperationResult(
                "Environment " + environment, "everything of it keeps running; nothing looks after it");
    }

    private static OperationResult left(Environment environment, Where.Away away) {
        return new OperationResult("Environment " + EnvironmentId.of(environment), Abandonment.in(away));
    }

    private static OperationResult result(Let let) {
        return switch (let) {
            case Let.Go go ->
                new OperationResult(
                        go.ref().toString(),
                        go.notes().isEmpty() ? "released" : "released; " + String.join("; ", go.notes()));
            case Let.NotYet not -> new OperationResult(not.ref().toString(), not.message());
        };
    }
}
