package dev.bulkhead.environment;

import dev.bulkhead.api.v1alpha1.Environment;
import dev.bulkhead.api.v1alpha1.SecretScope;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.apply.Origin;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Optional;

/** What was accepted last, by kind and name. */
record Remembered(List<HasMetadata> accepted) implements Slices {

    static final Remembered NOTHING = new Remembered(List.of());

    @Override
    public <T extends HasMetadata> Optional<T> last(String namespace, Origin origin, String uid, Class<T> type) {
        return accepted.stream()
                .filter(it -> it.getKind().equals(origin.kind().kind())
                        && it.getMetadata().getName().equals(origin.name()))
                .map(type::cast)
                .findFirst();
    }

    @Override
    public List<SecretScope> departed(EnvironmentId environment, List<SecretScope> there) {
        var names = there.stream().map(it -> it.getMetadata().getName()).toList();
        return accepted.stream()
                .filter(SecretScope.class::isInstance)
                .map(SecretScope.class::cast)
                .filter(it -> !names.contains(it.getMetadata().getName()))
                .toList();
    }

    @Override
    public void accept(Environment environment, HasMetadata contributor) {
        throw new UnsupportedOperationException("Nobody plans and remembers at once");
    }

    @Override
    public void drop(HasMetadata contributor) {
        throw new UnsupportedOperationException("Nobody plans and forgets at once");
    }
}
