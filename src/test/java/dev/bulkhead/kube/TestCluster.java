package dev.bulkhead.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;

/**
 * What a test does to a cluster, in the words of kubectl. Kinds go by any name that kubectl takes; objects by
 * {@code namespace/name}, or {@code name} alone where the kind is cluster-scoped.
 */
public final class TestCluster {

    /** The field manager of everything that a test writes, unless it says otherwise. */
    public static final String TESTER = "tester";

    /** How long what should come to be may take. */
    private static final Duration PATIENCE =
            Duration.ofSeconds(Long.parseLong(System.getenv().getOrDefault("BULKHEAD_PATIENCE", "180")));

    private final KubeCluster kube;
    private final KubernetesClient client;
    private final Kinds kinds;
    private final Manifests manifests;
    private final Set<String> touched = new TreeSet<>();

    TestCluster(KubeCluster kube, KubernetesClient client, Manifests manifests) {
        this.kube = kube;
        this.client = client;
        this.manifests = manifests;
        this.kinds = new Kinds(client);
    }

    public KubeCluster kube() {
        return kube;
    }

    public KubernetesClient client() {
        return client;
    }

    /** Makes a namespace in which a team may declare environments. */
    public TestNamespace hub(String name) {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .addToLabels("bulkhead.dev/team", "true")
                        .endMetadata()
                        .build())
                .create();
        return new TestNamespace(name);
    }

    /** Applies a file, or a folder of them, as it stands. */
    public void apply(String path) {
        manifests.read(path).forEach(this::apply);
    }

    /** Applies a file, or a folder of them, with every namespaced object put into the given namespace instead. */
    public void apply(String path, TestNamespace namespace) {
        manifests.read(path).forEach(object -> applyInto(namespace, object));
    }

    /** Applies what the text says; objects that name no namespace go into the given one. */
    public List<GenericKubernetesResource> applyYaml(TestNamespace namespace, String yaml) {
        return manifests.parse(yaml).stream()
                .map(object -> {
                    if (isNamespaced(object) && object.getMetadata().getNamespace() == null) {
                        object.getMetadata().setNamespace(namespace.name());
                    }
                    return apply(object);
                })
                .toList();
    }

    public void applyYaml(String yaml) {
        manifests.parse(yaml).forEach(this::apply);
    }

    public GenericKubernetesResource apply(GenericKubernetesResource object) {
        return apply(object, TESTER);
    }

    public GenericKubernetesResource apply(GenericKubernetesResource object, String fieldManager) {
        touch(object.getMetadata().getNamespace());
        return at(kinds.get(object.getApiVersion(), object.getKind()), refOf(object))
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                                .withFieldManager(fieldManager)
                                .withForce(true)
                                .build(),
                        object);
    }

    /** What the API server would make of the text, without keeping it; it throws if the server refuses. */
    public void dryRun(TestNamespace namespace, String yaml) {
        manifests.parse(yaml).forEach(object -> {
            if (isNamespaced(object) && object.getMetadata().getNamespace() == null) {
                object.getMetadata().setNamespace(namespace.name());
            }
            at(kinds.get(object.getApiVersion(), object.getKind()), refOf(object))
                    .patch(
                            new PatchContext.Builder()
                                    .withPatchType(PatchType.SERVER_SIDE_APPLY)
                                    .withFieldManager(TESTER)
                                    .withForce(true)
                                    .withFieldValidation("Strict")
                                    .withDryRun(List.of("All"))
                                    .build(),
                            object);
        });
    }

    /** Merges a JSON patch into an object, under another's name if told so. */
    public GenericKubernetesResource patch(String kind, String object, String mergePatch, String fieldManager) {
        return resource(kind, object)
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.JSON_MERGE)
                                .withFieldManager(fieldManager)
                                .build(),
                        mergePatch);
    }

    public GenericKubernetesResource patch(String kind, String object, String mergePatch) {
        return patch(kind, object, mergePatch, TESTER);
    }

    public void delete(String kind, String namespace, String name) {
        delete(kind, namespace + "/" + name);
    }

    /** Returns when the deletion is accepted, not when it is done: see {@link #awaitGone}. */
    public void delete(String kind, String object) {
        resource(kind, object).delete();
    }

    public Optional<GenericKubernetesResource> find(String kind, String object) {
        return Optional.ofNullable(resource(kind, object).get());
    }

    public GenericKubernetesResource get(String kind, String object) {
        return find(kind, object).orElseThrow(() -> new AssertionError("there is no %s %s".formatted(kind, object)));
    }

    /** What a Secret holds under a key. */
    public byte[] bytes(String secret, String key) {
        return Base64.getDecoder().decode(get("secret", secret).<String>get("data", key));
    }

    public String text(String secret, String key) {
        return new String(bytes(secret, key), StandardCharsets.UTF_8);
    }

    /** All of a kind in a namespace, or in the cluster where the kind is cluster-scoped. */
    public List<GenericKubernetesResource> list(String kind, String namespace) {
        touch(namespace);
        var context = kinds.get(kind);
        var all = client.genericKubernetesResources(context);
        return context.isNamespaceScoped()
                ? all.inNamespace(namespace).list().getItems()
                : all.list().getItems();
    }

    public GenericKubernetesResource await(String kind, String namespace, String name) {
        return await(kind, namespace + "/" + name, _ -> true);
    }

    /** Waits until the object exists and is as wanted. */
    public GenericKubernetesResource await(String kind, String object, Predicate<GenericKubernetesResource> wanted) {
        eventually(() -> assertThat(find(kind, object))
                .as("%s %s", kind, object)
                .hasValueSatisfying(found -> assertThat(found).matches(wanted)));
        return get(kind, object);
    }

    public void awaitGone(String kind, String object) {
        eventually(
                () -> assertThat(find(kind, object)).as("%s %s", kind, object).isEmpty());
    }

    /** Waits until an environment is Ready for the generation that it has now. */
    public void awaitReady(String environment) {
        awaitReady("environment", environment);
    }

    public void awaitReady(String kind, String object) {
        awaitTrue(kind, object, "Ready");
    }

    /** Waits until a condition is True with this reason, for the generation that the object has now. */
    public SeenCondition awaitCondition(String kind, String object, String type, String reason) {
        return awaitCondition(kind, object, type, reason::equals);
    }

    /** Waits until a condition is True, for the generation that the object has now. */
    public SeenCondition awaitTrue(String kind, String object, String type) {
        return awaitCondition(kind, object, type, Predicate.not(String::isEmpty));
    }

    private SeenCondition awaitCondition(String kind, String object, String type, Predicate<String> reason) {
        eventually(() -> {
            var found = get(kind, object);
            var conditions = byType(found);
            assertThat(conditions.get(type))
                    .as(
                            "%s of %s %s (generation %d), whose conditions are %s",
                            type, kind, object, found.getMetadata().getGeneration(), conditions.values())
                    .isNotNull()
                    .matches(SeenCondition::isTrue, "is True")
                    .matches(condition -> reason.test(condition.reason()), "has the reason")
                    .matches(
                            condition -> condition.observedGeneration()
                                    == found.getMetadata().getGeneration(),
                            "is about this generation");
        });
        return conditions(kind, object).get(type);
    }

    public Map<String, SeenCondition> conditions(String kind, String object) {
        return byType(get(kind, object));
    }

    /** Another test begins. */
    void forget() {
        touched.clear();
    }

    private static Map<String, SeenCondition> byType(GenericKubernetesResource object) {
        return SeenCondition.of(object).stream().collect(Collectors.toMap(SeenCondition::type, condition -> condition));
    }

    /** The Events about an object and about what shares its name. */
    public List<SeenEvent> events(String object) {
        var ref = ref(object);
        return client.v1().events().inNamespace(ref.namespace()).list().getItems().stream()
                .filter(event -> ref.name().equals(event.getInvolvedObject().getName()))
                .map(FailureReport::seen)
                .toList();
    }

    /** Retries an assertion until it holds. */
    public void eventually(ThrowingRunnable assertion) {
        eventually(PATIENCE, assertion);
    }

    /** The same, with another patience. */
    public void eventually(Duration patience, ThrowingRunnable assertion) {
        Awaitility.await()
                .atMost(patience)
                .pollInterval(Duration.ofMillis(200))
                .pollDelay(Duration.ZERO)
                .ignoreExceptionsInstanceOf(KubernetesClientException.class)
                .untilAsserted(assertion);
    }

    /** Runs a real kubectl against the cluster. */
    public CommandResult kubectl(String... arguments) {
        var command = new ArrayList<>(kube.kubectl());
        command.add("--kubeconfig");
        command.add(kube.kubeconfig().toString());
        command.addAll(List.of(arguments));
        return Commands.call(command, "", Duration.ofMinutes(2), _ -> {});
    }

    /** The namespaces that the test has had to do with, for the report of a failure. */
    Set<String> touched() {
        return Set.copyOf(touched);
    }

    private void applyInto(TestNamespace namespace, GenericKubernetesResource object) {
        if (object.getKind().equals("Namespace")) {
            return;
        }
        if (isNamespaced(object)) {
            object.getMetadata().setNamespace(namespace.name());
        }
        apply(object);
    }

    private boolean isNamespaced(GenericKubernetesResource object) {
        return kinds.get(object.getApiVersion(), object.getKind()).isNamespaceScoped();
    }

    private Resource<GenericKubernetesResource> resource(String kind, String object) {
        var ref = ref(object);
        touch(ref.namespace());
        return at(kinds.get(kind), ref);
    }

    private Resource<GenericKubernetesResource> at(ResourceDefinitionContext context, ObjectRef ref) {
        MixedOperation<GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
                all = client.genericKubernetesResources(context);
        return context.isNamespaceScoped()
                ? all.inNamespace(ref.namespace()).withName(ref.name())
                : all.withName(ref.name());
    }

    private void touch(String namespace) {
        if (namespace != null && !namespace.isEmpty()) {
            touched.add(namespace);
        }
    }

    private record ObjectRef(String namespace, String name) {}

    private static ObjectRef ref(String object) {
        var slash = object.indexOf('/');
        return new ObjectRef(slash < 0 ? "" : object.substring(0, slash), object.substring(slash + 1));
    }

    private static ObjectRef refOf(HasMetadata object) {
        var namespace = object.getMetadata().getNamespace();
        return new ObjectRef(
                namespace == null ? "" : namespace, object.getMetadata().getName());
    }
}
