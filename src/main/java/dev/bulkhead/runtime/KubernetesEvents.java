package dev.bulkhead.runtime;

import dev.bulkhead.apply.Ownership;
import dev.bulkhead.status.EventRecorder;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Events in the namespace of what they are about. An Event that can't be written is logged and given up. */
final class KubernetesEvents implements EventRecorder {

    private static final Logger LOG = LoggerFactory.getLogger(KubernetesEvents.class);
    private static final Duration QUIET = Duration.ofMinutes(1);
    private static final int REMEMBERED = 1000;
    private static final int LONGEST_MESSAGE = 1024;

    private final KubernetesClient client;
    private final Clock clock;
    private final Map<String, Instant> told = new LinkedHashMap<>();

    KubernetesEvents(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    @Override
    public void record(HasMetadata regarding, Type type, String reason, String message) {
        var now = clock.instant();
        if (toldLately("%s %s %s".formatted(regarding.getMetadata().getUid(), reason, message), now)) {
            return;
        }
        var metadata = regarding.getMetadata();
        var namespace = Optional.ofNullable(metadata.getNamespace()).orElse("default");
        var time = now.truncatedTo(ChronoUnit.SECONDS).toString();
        var event = new EventBuilder()
                .withNewMetadata()
                .withGenerateName(metadata.getName() + ".")
                .withNamespace(namespace)
                .endMetadata()
                .withNewInvolvedObject()
                .withApiVersion(regarding.getApiVersion())
                .withKind(regarding.getKind())
                .withNamespace(metadata.getNamespace())
                .withName(metadata.getName())
                .withUid(metadata.getUid())
                .endInvolvedObject()
                .withType(type.name())
                .withReason(reason)
                .withMessage(message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) : message)
                .withFirstTimestamp(time)
                .withLastTimestamp(time)
                .withCount(1)
                .withNewSource()
                .withComponent(Ownership.MANAGER)
                .endSource()
                .withReportingComponent(Ownership.MANAGER)
                .build();
        try {
            client.resource(event).create();
        } catch (KubernetesClientException e) {
            LOG.warn(
                    "Event {} of {} {}/{} could not be written: {}",
                    reason,
                    regarding.getKind(),
                    namespace,
                    metadata.getName(),
                    e.getMessage());
        }
    }

    private synchronized boolean toldLately(String what, Instant now) {
        var last = told.get(what);
        if (last != null && last.plus(QUIET).isAfter(now)) {
            return true;
        }
        told.put(what, now);
        if (told.size() > REMEMBERED) {
            told.remove(told.keySet().iterator().next());
        }
        return false;
    }
}
