package dev.bulkhead.runtime;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import java.util.stream.StreamSupport;

/**
 * JOSDK 5.3.2 counts events of resources with a tag {@code action} and all others without. Prometheus refuses a meter
 * whose tags vary, and the refusal would end the thread that delivers the event. So the tag is always there.
 */
final class SdkMeters implements MeterFilter {

    private static final String EVENTS = "events.received";
    private static final String ACTION = "action";

    @Override
    public Meter.Id map(Meter.Id id) {
        return id.getName().equals(EVENTS) && !hasAction(id) ? id.withTag(Tag.of(ACTION, "none")) : id;
    }

    private static boolean hasAction(Meter.Id id) {
        return StreamSupport.stream(id.getTagsAsIterable().spliterator(), false)
                .anyMatch(tag -> tag.getKey().equals(ACTION));
    }
}
