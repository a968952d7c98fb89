package dev.bulkhead.contributor;

import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.apply.Origin;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the last look at each environment says of its contributors. They read it, and put it into their status. */
public final class Reports {

    private final Map<EnvironmentId, Map<Origin, SliceReport>> reports = new ConcurrentHashMap<>();

    public Optional<SliceReport> find(EnvironmentId environment, Origin origin) {
        return Optional.ofNullable(reports.getOrDefault(environment, Map.of()).get(origin));
    }

    /** @return the contributors that have something new to say */
    public Set<Origin> put(EnvironmentId environment, Map<Origin, SliceReport> now) {
        var before = Objects.requireNonNullElse(reports.put(environment, now), Map.<Origin, SliceReport>of());
        return Stream.concat(before.keySet().stream(), now.keySet().stream())
                .filter(origin -> !Objects.equals(before.get(origin), now.get(origin)))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** @return the contributors that it had */
    public Set<Origin> forget(EnvironmentId environment) {
        var before = reports.remove(environment);
        return before == null ? Set.of() : before.keySet();
    }
}
