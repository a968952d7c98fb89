package dev.bulkhead.runtime;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bulkhead.api.v1alpha1.Environment;
import dev.bulkhead.api.v1alpha1.SecretScope;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.apply.Origin;
import dev.bulkhead.apply.Ownership;
import dev.bulkhead.environment.Slices;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.ControllerRevisionBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Last accepted slices as ControllerRevisions, owned by their contributor and gone with it; those of SecretScopes by their
 * Environment, too, as something may need them when they are deleted. Read once, at start. Their data can't be changed, so
 * a newer version is a new object, and the older one goes after it is there.
 */
final class Revisions implements Slices {

    private static final String SLICE = "bulkhead.dev/slice";

    /** On those of SecretScopes: their environment. */
    private static final String SECRETS_OF = "bulkhead.dev/secrets-of";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** For an environment that is made anew the same generation is written once more; what was written last counts. */
    private static final Comparator<ControllerRevision> BY_AGE = Comparator.comparingLong(
                    ControllerRevision::getRevision)
            .thenComparingLong(it -> Long.parseLong(it.getMetadata().getResourceVersion()));

    private final KubernetesClient client;
    private final Map<String, ControllerRevision> last = new ConcurrentHashMap<>();

    /** Environment → the SecretScopes of it that have a past, by their uids. */
    private final Map<EnvironmentId, Set<String>> scopes = new ConcurrentHashMap<>();

    Revisions(KubernetesClient client) {
        this.client = client;
    }

    void load() {
        client.apps().controllerRevisions().inAnyNamespace().withLabel(SLICE).list().getItems().stream()
                .forEach(revision -> last.merge(uid(revision), revision, this::newest));
        last.values().forEach(this::enter);
    }

    /** A crash between the new one and the removal of the older leaves both. */
    private ControllerRevision newest(ControllerRevision one, ControllerRevision other) {
        var older = older(one, other);
        client.resource(older).delete();
        return older == one ? other : one;
    }

    static ControllerRevision older(ControllerRevision one, ControllerRevision other) {
        return BY_AGE.compare(one, other) > 0 ? other : one;
    }

    private void enter(ControllerRevision revision) {
        environment(revision)
                .ifPresent(it -> scopes.compute(it, (_, known) -> {
                    var uids = known == null ? ConcurrentHashMap.<String>newKeySet() : known;
                    uids.add(uid(revision));
                    return uids;
                }));
    }

    @Override
    public <T extends HasMetadata> Optional<T> last(String namespace, Origin origin, String uid, Class<T> type) {
        return last(uid, type);
    }

    private <T extends HasMetadata> Optional<T> last(String uid, Class<T> type) {
        return Optional.ofNullable(last.get(uid)).map(revision -> JSON.convertValue(revision.getData(), type));
    }

    @Override
    public List<SecretScope> departed(EnvironmentId environment, List<SecretScope> there) {
        var known = scopes.getOrDefault(environment, Set.of());
        // Mostly all of them are there, and this is asked with every look.
        if (there.stream().map(Revisions::uid).filter(known::contains).count() == known.size()) {
            return List.of();
        }
        var present = there.stream().map(Revisions::uid).collect(Collectors.toSet());
        return known.stream()
                .filter(uid -> !present.contains(uid))
                .sorted()
                .flatMap(uid -> last(uid, SecretScope.class).stream())
                .toList();
    }

    /** A contributor is gone, and its revisions with it. */
    void forget(String uid) {
        Optional.ofNullable(last.remove(uid)).ifPresent(this::strike);
    }

    private void strike(ControllerRevision revision) {
        environment(revision)
                .ifPresent(it -> scopes.computeIfPresent(it, (_, uids) -> {
                    uids.remove(uid(revision));
                    return uids.isEmpty() ? null : uids;
                }));
    }

    @Override
    public void drop(HasMetadata contributor) {
        var revision = last.get(uid(contributor));
        if (revision != null) {
            client.resource(revision).delete();
            forget(uid(contributor));
        }
    }

    @Override
    public void accept(Environment environment, HasMetadata contributor) {
        var uid = uid(contributor);
        var before = last.get(uid);
        long generation = contributor.getMetadata().getGeneration();
        var name = name(environment, contributor);
        if (before != null
                && (before.getRevision() > generation
                        || before.getMetadata().getName().equals(name))) {
            return;
        }
        var revision = revision(name, environment, contributor);
        try {
            client.resource(revision).create();
        } catch (KubernetesClientException e) {
            // 409: written before a crash; the name is the contributor and its generation, so it is the same.
            if (e.getCode() != 409) {
                throw e;
            }
        }
        last.put(uid, revision);
        enter(revision);
        if (before != null) {
            client.resource(before).delete();
        }
    }

    /** An owner can't be changed, as little as the data can: the environment that is made anew is another one. */
    private static String name(Environment environment, HasMetadata contributor) {
        var name = "slice-%s-%d"
                .formatted(uid(contributor), contributor.getMetadata().getGeneration());
        return contributor instanceof SecretScope ? "%s-of-%s".formatted(name, uid(environment)) : name;
    }

    private static ControllerRevision revision(String name, Environment environment, HasMetadata contributor) {
        var metadata = contributor.getMetadata();
        var labels = new TreeMap<>(Map.of(SLICE, uid(contributor), Ownership.MANAGED_BY, Ownership.MANAGER));
        if (contributor instanceof SecretScope) {
            labels.put(SECRETS_OF, environment.getMetadata().getName());
        }
        return new ControllerRevisionBuilder()
                .withNewMetadata()
                .withNamespace(metadata.getNamespace())
                .withName(name)
                .withLabels(labels)
                .withOwnerReferences((contributor instanceof SecretScope
                                ? Stream.of(contributor, environment)
                                : Stream.of(contributor))
                        .map(Revisions::owner)
                        .toList())
                .endMetadata()
                .withRevision(metadata.getGeneration())
                .withData(Map.of(
                        "metadata",
                        Map.of(
                                "name", metadata.getName(),
                                "namespace", metadata.getNamespace(),
                                "uid", metadata.getUid(),
                                "generation", metadata.getGeneration()),
                        "spec",
                        JSON.convertValue(spec(contributor), Map.class)))
                .build();
    }

    private static OwnerReference owner(HasMetadata resource) {
        return new OwnerReferenceBuilder()
                .withApiVersion(resource.getApiVersion())
                .withKind(resource.getKind())
                .withName(resource.getMetadata().getName())
                .withUid(uid(resource))
                .build();
    }

    private static Optional<EnvironmentId> environment(ControllerRevision revision) {
        var metadata = revision.getMetadata();
        return Optional.ofNullable(metadata.getLabels().get(SECRETS_OF))
                .map(name -> new EnvironmentId(metadata.getNamespace(), name));
    }

    private static String uid(ControllerRevision revision) {
        return revision.getMetadata().getLabels().get(SLICE);
    }

    private static String uid(HasMetadata resource) {
        return resource.getMetadata().getUid();
    }

    private static Object spec(HasMetadata contributor) {
        return ((CustomResource<?, ?>) contributor).getSpec();
    }
}
