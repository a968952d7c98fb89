package dev.bulkhead.runtime;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.api.reconciler.Constants;
import io.javaoperatorsdk.operator.api.reconciler.RetryInfo;
import io.javaoperatorsdk.operator.processing.Controller;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.ResourceAction;
import io.javaoperatorsdk.operator.processing.event.source.controller.ControllerEventSource;
import io.javaoperatorsdk.operator.processing.event.source.controller.ResourceEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees that JOSDK attends to whoever has something new. JOSDK 5.3 takes a resource for being worked on for ever when it
 * vanishes from the cache between two steps (JOSDK #3416), or when a reconciler ends with an {@link Error}: later events,
 * timers and even its deletion are ignored. A reconciliation that ended without success or failure shows it at once, an
 * event that nobody takes up shows it a little later.
 *
 * <p>The cure: JOSDK forgets what it knows of a resource when it hears of its deletion. So it is told that the resource
 * went, and came again. No two reconciliations of it can meet, since that is done only while none is under way.
 */
final class Attendance implements Metrics {

    /** An event is taken up within milliseconds, or within seconds where a rate limit is. */
    static final Duration TOO_LONG = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(Attendance.class);

    private final Metrics meters;
    private final Clock clock;
    private final OperatorMeters own;
    private final Map<String, ControllerEventSource<?>> sources = new ConcurrentHashMap<>();
    private final Map<Key, Instant> waiting = new ConcurrentHashMap<>();
    private final Map<Key, Integer> underWay = new ConcurrentHashMap<>();
    private final Set<Key> lost = ConcurrentHashMap.newKeySet();

    /** Whether the reconciliation in this thread came to an end that JOSDK took note of. */
    private final ThreadLocal<Boolean> settled = ThreadLocal.withInitial(() -> false);

    private record Key(String controller, ResourceID resource) {

        @Override
        public String toString() {
            return "%s %s"
                    .formatted(
                            controller,
                            resource.getNamespace().map(it -> it + "/").orElse("") + resource.getName());
        }
    }

    /** @param meters are told of everything */
    Attendance(Metrics meters, OperatorMeters own, Clock clock) {
        this.meters = meters;
        this.own = own;
        this.clock = clock;
    }

    /** How long the oldest event of a controller has been waiting to be taken up. */
    Duration longestWait(String controller) {
        return waiting.entrySet().stream()
                .filter(it -> it.getKey().controller.equals(controller))
                .map(Map.Entry::getValue)
                .min(Instant::compareTo)
                .map(it -> Duration.between(it, clock.instant()))
                .orElse(Duration.ZERO);
    }

    /** Frees who is stuck. Called at intervals. */
    void freeStuck() {
        stuckKeys().forEach(this::free);
    }

    /** Who is stuck now, in words. */
    List<String> stuck() {
        return stuckKeys().stream().map(Key::toString).toList();
    }

    private Set<Key> stuckKeys() {
        var deadline = clock.instant().minus(TOO_LONG);
        var overdue = waiting.entrySet().stream()
                .filter(it -> it.getValue().isBefore(deadline))
                .map(Map.Entry::getKey);
        return Stream.concat(lost.stream(), overdue)
                .filter(key -> !underWay.containsKey(key))
                .collect(Collectors.toSet());
    }

    private void free(Key key) {
        Optional.ofNullable(sources.get(key.controller)).ifPresent(source -> free(key, source));
    }

    private <T extends HasMetadata> void free(Key key, ControllerEventSource<T> source) {
        var resource = source.get(key.resource);
        lost.remove(key);
        if (resource.isEmpty()) {
            // Not in the cache: when it comes, its own event frees it.
            return;
        }
        LOG.warn("{} was stuck: its events were ignored. It is looked at again", key);
        own.freed(key.controller);
        source.onDelete(resource.get(), false);
        source.onAdd(resource.get());
    }

    @Override
    public void controllerRegistered(Controller<? extends HasMetadata> controller) {
        var name = controller.getConfiguration().getName();
        sources.put(name, controller.getEventSourceManager().getControllerEventSource());
        own.controller(name, this);
        meters.controllerRegistered(controller);
    }

    @Override
    public void eventReceived(Event event, Map<String, Object> metadata) {
        if (!(event instanceof ResourceEvent of && of.getAction() == ResourceAction.DELETED)) {
            waiting.putIfAbsent(key(event.getRelatedCustomResourceID(), metadata), clock.instant());
        }
        meters.eventReceived(event, metadata);
    }

    @Override
    public void reconciliationSubmitted(HasMetadata resource, RetryInfo retry, Map<String, Object> metadata) {
        underWay.merge(key(resource, metadata), 1, Integer::sum);
        meters.reconciliationSubmitted(resource, retry, metadata);
    }

    @Override
    public void reconciliationStarted(HasMetadata resource, Map<String, Object> metadata) {
        waiting.remove(key(resource, metadata));
        meters.reconciliationStarted(resource, metadata);
    }

    @Override
    public void reconciliationSucceeded(HasMetadata resource, Map<String, Object> metadata) {
        settled.set(true);
        meters.reconciliationSucceeded(resource, metadata);
    }

    @Override
    public void reconciliationFailed(
            HasMetadata resource, RetryInfo retry, Exception exception, Map<String, Object> metadata) {
        settled.set(true);
        meters.reconciliationFailed(resource, retry, exception, metadata);
    }

    @Override
    public void reconciliationFinished(HasMetadata resource, RetryInfo retry, Map<String, Object> metadata) {
        var key = key(resource, metadata);
        if (!settled.get()) {
            lost.add(key);
        }
        settled.remove();
        underWay.computeIfPresent(key, (_, count) -> count == 1 ? null : count - 1);
        meters.reconciliationFinished(resource, retry, metadata);
    }

    @Override
    public void cleanupDone(ResourceID resource, Map<String, Object> metadata) {
        var key = key(resource, metadata);
        waiting.remove(key);
        lost.remove(key);
        meters.cleanupDone(resource, metadata);
    }

    @Override
    public <T> T timeControllerExecution(ControllerExecution<T> execution) throws Exception {
        return meters.timeControllerExecution(execution);
    }

    private static Key key(HasMetadata resource, Map<String, Object> metadata) {
        return key(ResourceID.fromResource(resource), metadata);
    }

    private static Key key(ResourceID resource, Map<String, Object> metadata) {
        return new Key((String) metadata.get(Constants.CONTROLLER_NAME), resource);
    }
}
