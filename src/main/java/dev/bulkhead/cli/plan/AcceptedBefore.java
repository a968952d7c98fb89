package dev.bulkhead.cli.plan;

import dev.bulkhead.api.v1alpha1.Environment;
import dev.bulkhead.api.v1alpha1.SecretScope;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.apply.Origin;
import dev.bulkhead.environment.Slices;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The contributors that stood in the files before: an edit that is refused takes nothing away from what runs. */
public record AcceptedBefore(Map<Origin, HasMetadata> accepted) implements Slices {

    static AcceptedBefore of(EnvironmentId environment, List<EnvironmentPlan> before) {
        return new AcceptedBefore(before.stream()
                .filter(it -> it.id().equals(environment))
                .map(it -> it instanceof EnvironmentPlan.Made made ? made.accepted() : Map.<Origin, HasMetadata>of())
                .findFirst()
                .orElse(Map.of()));
    }

    @Override
    public <T extends HasMetadata> Optional<T> last(String namespace, Origin origin, String uid, Class<T> type) {
        return Optional.ofNullable(accepted.get(origin)).map(type::cast);
    }

    @Override
    public List<SecretScope> departed(EnvironmentId environment, List<SecretScope> there) {
        var names = there.stream().map(it -> it.getMetadata().getName()).toList();
        return accepted.values().stream()
                .filter(SecretScope.class::isInstance)
                .map(SecretScope.class::cast)
                .filter(it -> !names.contains(it.getMetadata().getName()))
                .sorted(Comparator.comparing(it -> it.getMetadata().getName()))
                .toList();
    }

    @Override
    public void accept(Environment environment, HasMetadata contributor) {
        throw new UnsupportedOperationException("Whoever looks at files remembers nothing");
    }

    @Override
    public void drop(HasMetadata contributor) {
        throw new UnsupportedOperationException("Whoever looks at files forgets nothing");
    }
}
