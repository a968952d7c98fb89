package dev.bulkhead.apply;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a watch sees of the Secrets in one namespace: a keyed hash of each value. */
public final class SecretHashes extends ReducedStore<Secret, SecretHashes.Hashed> {

    private final String namespace;
    private final Digest digest;
    private final Consumer<String> changed;

    /** @param hashes data key → keyed hash */
    record Hashed(String name, Map<String, String> hashes) {}

    /** @param changed told in which namespace a Secret came, changed or went */
    public SecretHashes(String namespace, Digest digest, Consumer<String> changed) {
        this.namespace = namespace;
        this.digest = digest;
        this.changed = changed;
    }

    /** Name → data key → keyed hash. */
    public Map<String, Map<String, String>> known() {
        return all().collect(Collectors.toUnmodifiableMap(Hashed::name, Hashed::hashes));
    }

    /** Data key → keyed hash. */
    public Optional<Map<String, String>> find(String name) {
        return find(namespace, name).map(Hashed::hashes);
    }

    @Override
    protected Optional<Hashed> reduced(Secret secret) {
        var data = Optional.ofNullable(secret.getData()).orElse(Map.of());
        return Optional.of(new Hashed(
                secret.getMetadata().getName(),
                data.entrySet().stream()
                        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, it -> digest.of(it.getValue())))));
    }

    @Override
    protected void changed(@Nullable Hashed before, Hashed now) {
        if (!now.equals(before)) {
            changed.accept(namespace);
        }
    }

    @Override
    protected void gone(Hashed before) {
        changed.accept(namespace);
    }

    @Override
    protected Secret named(Hashed secret) {
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(secret.name())
                .endMetadata()
                .build();
    }
}
