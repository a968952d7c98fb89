package dev.bulkhead.cluster;

import dev.bulkhead.apply.Digest;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.apply.Kind;
import dev.bulkhead.apply.Observation;
import dev.bulkhead.apply.OtherManager;
import dev.bulkhead.apply.Ownership;
import dev.bulkhead.apply.Readiness;
import dev.bulkhead.apply.Ref;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the watches say of our objects in one target, as observations. The store of each informer: an object is reduced
 * when it arrives, and never kept.
 *
 * <p>A watch lags behind our own writes. Until it has caught up, the answer to the write stands in for it, for at most
 * {@link #CATCH_UP}; after that the watch is believed.
 */
final class Observations {

    static final Duration CATCH_UP = Duration.ofSeconds(30);

    private final Map<Ref, Observation> seen = new ConcurrentHashMap<>();
    private final Map<EnvironmentId, Set<Ref>> byEnvironment = new ConcurrentHashMap<>();
    /** Deleted by us: UID of what the watch may still show. */
    private final Map<Ref, String> deleted = new ConcurrentHashMap<>();

    private final Map<Ref, Written> written = new ConcurrentHashMap<>();
    private final Map<Ref, Echo> writing = new ConcurrentHashMap<>();
    private final Digest digest;
    private final Clock clock;
    private final Consumer<EnvironmentId> changed;

    private record Written(Observation observation, Instant at) {}

    /** Whether the watch has spoken of an object since we began to write it. */
    private enum Echo {
        NONE,
        HEARD
    }

    /** @param changed told which environment has to look again */
    Observations(Digest digest, Clock clock, Consumer<EnvironmentId> changed) {
        this.digest = digest;
        this.clock = clock;
        this.changed = changed;
    }

    Optional<Observation> find(Ref ref) {
        var own = written.get(ref);
        if (own != null && own.at.plus(CATCH_UP).isAfter(clock.instant())) {
            return Optional.of(own.observation);
        }
        return Optional.ofNullable(seen.get(ref)).filter(it -> !it.uid().equals(deleted.get(ref)));
    }

    /** What carries an environment's labels and has fields of ours: a copy that somebody made of it has none. */
    List<Observation> owned(EnvironmentId environment) {
        return byEnvironment.getOrDefault(environment, Set.of()).stream()
                .flatMap(ref -> find(ref).stream())
                .filter(it -> it.environment().equals(environment))
                .filter(it -> !it.digest().isEmpty())
                .toList();
    }

    /** How many objects the watches see, by kind. */
    Map<String, Integer> counts() {
        return seen.keySet().stream().collect(Collectors.toMap(ref -> ref.kind().kind(), _ -> 1, Integer::sum));
    }

    /**
     * A write of ours. The watch often speaks of it before the answer is there; whether that was an echo or news is
     * judged by the answer.
     */
    GenericKubernetesResource write(Ref ref, Supplier<GenericKubernetesResource> request) {
        var before = find(ref);
        writing.put(ref, Echo.NONE);
        try {
            var answer = request.get();
            wrote(ref, answer);
            return answer;
        } finally {
            // Still there: the write failed, and it was somebody else whom the watch spoke of.
            if (writing.remove(ref) == Echo.HEARD) {
                Optional.ofNullable(seen.get(ref)).ifPresent(now -> tell(before, now));
            }
        }
    }

    /** The answer to a write of ours. */
    void wrote(Ref ref, GenericKubernetesResource answer) {
        var observation = observe(ref, answer);
        written.compute(ref, (_, before) -> {
            var last = seen.get(ref);
            return last != null && last.resourceVersion() >= observation.resourceVersion()
                    ? null
                    : new Written(observation, clock.instant());
        });
        if (writing.remove(ref) == Echo.HEARD) {
            Optional.ofNullable(seen.get(ref))
                    .filter(now -> now.resourceVersion() > observation.resourceVersion())
                    .filter(now -> now.differsFrom(observation))
                    .ifPresent(now -> tell(Optional.of(observation), now));
        }
    }

    private void tell(Optional<Observation> before, Observation now) {
        changed.accept(now.environment());
        // Whoever takes our label off an object, or puts another's on, takes it from somebody.
        before.map(Observation::environment)
                .filter(it -> !it.equals(now.environment()))
                .ifPresent(changed);
    }

    /** The answer to a deletion of ours: the object is gone, though the watch may not know. */
    void removed(Ref ref, String uid) {
        written.remove(ref);
        deleted.put(ref, uid);
        if (!seen.containsKey(ref)) {
            deleted.remove(ref);
        }
    }

    private void index(Ref ref, Optional<Observation> before, Optional<Observation> now) {
        before.map(Observation::environment)
                .filter(it ->
                        now.map(Observation::environment).filter(it::equals).isEmpty())
                .ifPresent(it -> byEnvironment.computeIfPresent(it, (_, refs) -> {
                    refs.remove(ref);
                    return refs.isEmpty() ? null : refs;
                }));
        now.map(Observation::environment)
                .ifPresent(it -> byEnvironment.compute(it, (_, refs) -> {
                    var all = refs == null ? ConcurrentHashMap.<Ref>newKeySet() : refs;
                    all.add(ref);
                    return all;
                }));
    }

    /** A namespace isn't watched any more for a kind: what was seen last says nothing. */
    void forget(Kind kind, String namespace) {
        seen.keySet().removeIf(ref -> ref.kind() == kind && ref.namespace().equals(namespace));
    }

    /** The cluster doesn't serve a kind any more, and has nothing of it. */
    void forget(Kind kind) {
        seen.keySet().removeIf(ref -> ref.kind() == kind);
        written.keySet().removeIf(ref -> ref.kind() == kind);
        deleted.keySet().removeIf(ref -> ref.kind() == kind);
    }

    private Observation observe(Ref ref, GenericKubernetesResource object) {
        var metadata = object.getMetadata();
        var labels = Optional.ofNullable(metadata.getLabels()).orElse(Map.of());
        var ours = new HashMap<String, String>();
        Stream.of(Ownership.MANAGED_BY, Ownership.HUB, Ownership.HUB_NAMESPACE, Ownership.ENVIRONMENT, Ownership.KEPT)
                .filter(labels::containsKey)
                .forEach(label -> ours.put(label.intern(), labels.get(label).intern()));
        return new Observation(
                ref,
                metadata.getUid(),
                Long.parseLong(metadata.getResourceVersion()),
                Map.copyOf(ours),
                digest.owned(object, Ownership.MANAGER).orElse(""),
                Readiness.of(ref.kind(), object),
                OtherManager.of(metadata).intern());
    }

    private void caughtUp(Ref ref, long resourceVersion) {
        written.computeIfPresent(ref, (_, own) -> own.observation.resourceVersion() <= resourceVersion ? null : own);
    }

    /** The store of the informer for one kind. */
    ItemStore<GenericKubernetesResource> store(Kind kind) {
        return new Store(kind);
    }

    private final class Store implements ItemStore<GenericKubernetesResource> {

        private final Kind kind;
        private final Map<String, Ref> refs = new ConcurrentHashMap<>();

        Store(Kind kind) {
            this.kind = kind;
        }

        @Override
        public String getKey(GenericKubernetesResource object) {
            var metadata = object.getMetadata();
            return metadata.getNamespace() == null
                    ? metadata.getName()
                    : metadata.getNamespace() + "/" + metadata.getName();
        }

        @Override
        public GenericKubernetesResource put(String key, GenericKubernetesResource object) {
            var namespace =
                    Optional.ofNullable(object.getMetadata().getNamespace()).orElse("");
            var ref = new Ref(kind, namespace, object.getMetadata().getName());
            var now = observe(ref, object);
            refs.put(key, ref);
            var known = find(ref);
            var before = seen.put(ref, now);
            index(ref, Optional.ofNullable(before), Optional.of(now));
            caughtUp(ref, now.resourceVersion());
            var judgedLater = writing.computeIfPresent(ref, (_, _) -> Echo.HEARD) != null;
            // The echo of our own write is no news.
            if (!judgedLater && (known.isEmpty() || now.differsFrom(known.get()))) {
                tell(known, now);
            }
            return before == null ? null : minimal(before);
        }

        @Override
        public GenericKubernetesResource remove(String key) {
            var ref = refs.remove(key);
            if (ref == null) {
                return null;
            }
            var before = seen.remove(ref);
            if (before == null) {
                return null;
            }
            deleted.remove(ref);
            index(ref, Optional.of(before), Optional.empty());
            caughtUp(ref, before.resourceVersion());
            changed.accept(before.environment());
            return minimal(before);
        }

        @Override
        public Stream<String> keySet() {
            return refs.keySet().stream();
        }

        @Override
        public Stream<GenericKubernetesResource> values() {
            return refs.values().stream()
                    .map(seen::get)
                    .filter(Objects::nonNull)
                    .map(this::minimal);
        }

        @Override
        public GenericKubernetesResource get(String key) {
            var ref = refs.get(key);
            var observation = ref == null ? null : seen.get(ref);
            return observation == null ? null : minimal(observation);
        }

        @Override
        public int size() {
            return refs.size();
        }

        @Override
        public boolean isFullState() {
            return false;
        }

        private GenericKubernetesResource minimal(Observation observation) {
            return new GenericKubernetesResourceBuilder()
                    .withApiVersion(kind.apiVersion())
                    .withKind(kind.kind())
                    .withNewMetadata()
                    .withNamespace(
                            observation.ref().namespace().isEmpty()
                                    ? null
                                    : observation.ref().namespace())
                    .withName(observation.ref().name())
                    .withUid(observation.uid())
                    .withResourceVersion(Long.toString(observation.resourceVersion()))
                    .endMetadata()
                    .build();
        }
    }
}
