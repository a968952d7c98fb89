package dev.bulkhead.mesh;

import dev.bulkhead.apply.Ownership;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Linkerd in one cluster, where its chart leaves its trust anchor and its issuer to somebody else.
 */
final class Linkerd implements MeshSite {

    static final String NAMESPACE = "linkerd";
    static final String IDENTITY = "linkerd-identity";

    /** Of the issuer's Secret, when it isn't the chart's own. */
    static final String SCHEME = "kubernetes.io/tls";

    /** On the templates of the control plane: the anchor that it has to have been started with. */
    static final String ANCHOR_WORD = "bulkhead.dev/trust-anchor";

    /** On identity's template: the issuer that it was restarted for, because it didn't say that it had read it. */
    static final String ISSUER_WORD = "bulkhead.dev/issuer";

    static final String ANCHORS = "linkerd-identity-trust-roots";
    static final String BUNDLE = "ca-bundle.crt";
    static final String ISSUER = "linkerd-identity-issuer";

    /** They read the anchors when they start. */
    static final List<String> CONTROL_PLANE = List.of("linkerd-destination", IDENTITY, "linkerd-proxy-injector");

    /** On what we wrote, as the data may be somebody else's by now. */
    private static final String VERSION = "bulkhead.dev/version";

    private static final String CONTROL_PLANE_NAMESPACE = "linkerd.io/control-plane-ns";
    private static final PatchContext MERGE = new PatchContext.Builder()
            .withPatchType(PatchType.JSON_MERGE)
            .withFieldManager(Ownership.MANAGER)
            .build();

    private static final long PAGE = 500;
    private static final int WORD_LENGTH = 16;

    private final KubernetesClient client;

    Linkerd(KubernetesClient client) {
        this.client = client;
    }

    /** An anchor in short. */
    static String word(String print) {
        return print.substring(0, Math.min(print.length(), WORD_LENGTH));
    }

    @Override
    public Seen look() {
        var anchors = Optional.ofNullable(
                client.configMaps().inNamespace(NAMESPACE).withName(ANCHORS).get());
        var issuer = Optional.ofNullable(
                client.secrets().inNamespace(NAMESPACE).withName(ISSUER).get());
        return new Seen(
                Optional.ofNullable(client.configMaps()
                                .inNamespace(NAMESPACE)
                                .withName("linkerd-config")
                                .get())
                        .map(it -> LinkerdText.settings(data(it.getData()).getOrDefault("values", ""))),
                anchors.map(it -> stored(
                        it,
                        LinkerdText.prints(
                                data(it.getData()).getOrDefault(BUNDLE, "").getBytes(StandardCharsets.UTF_8)))),
                issuer.map(it -> stored(it, LinkerdText.prints(decoded(data(it.getData()), "tls.crt")))));
    }

    private static Map<String, String> data(@Nullable Map<String, String> data) {
        return Objects.requireNonNullElse(data, Map.of());
    }

    private static byte[] decoded(Map<String, String> data, String key) {
        return Base64.getDecoder().decode(data.getOrDefault(key, ""));
    }

    private static Seen.Stored stored(HasMetadata object, List<String> prints) {
        var metadata = object.getMetadata();
        return new Seen.Stored(metadata.getResourceVersion(), prints, written(metadata), LinkerdText.keeper(metadata));
    }

    private static Optional<Instant> written(ObjectMeta metadata) {
        if (!data(metadata.getAnnotations()).containsKey(VERSION)) {
            return Optional.empty();
        }
        return Optional.ofNullable(metadata.getManagedFields()).orElse(List.of()).stream()
                .filter(it -> Ownership.MANAGER.equals(it.getManager()))
                .flatMap(it -> Stream.ofNullable(it.getTime()))
                .map(Instant::parse)
                .max(Instant::compareTo);
    }

    @Override
    public void writeAnchors(Optional<Seen.Stored> before, int version, byte[] pem) {
        var data = Map.of(BUNDLE, new String(pem, StandardCharsets.US_ASCII));
        before.ifPresentOrElse(
                it -> client.configMaps()
                        .inNamespace(NAMESPACE)
                        .withName(ANCHORS)
                        .patch(MERGE, replacement(it, version, data)),
                () -> create(new ConfigMapBuilder()
                        .withMetadata(metadata(ANCHORS, version))
                        .withData(data)
                        .build()));
    }

    @Override
    public void writeIssuer(Optional<Seen.Stored> before, int version, Map<String, byte[]> data) {
        var encoded = new TreeMap<String, String>();
        data.forEach((key, value) -> encoded.put(key, Base64.getEncoder().encodeToString(value)));
        before.ifPresentOrElse(
                it -> client.secrets()
                        .inNamespace(NAMESPACE)
                        .withName(ISSUER)
                        .patch(MERGE, replacement(it, version, encoded)),
                () -> create(new SecretBuilder()
                        .withMetadata(metadata(ISSUER, version))
                        .withType(SCHEME)
                        .withData(encoded)
                        .build()));
    }

    /** With the version that was read, the API server refuses it if there is another by now. */
    private static String replacement(Seen.Stored before, int version, Map<String, String> data) {
        return Serialization.asJson(Map.of(
                "metadata",
                Map.of(
                        "resourceVersion",
                        before.resourceVersion(),
                        "annotations",
                        Map.of(VERSION, Integer.toString(version))),
                "data",
                data));
    }

    private static ObjectMeta metadata(String name, int version) {
        return new ObjectMetaBuilder()
                .withNamespace(NAMESPACE)
                .withName(name)
                .withAnnotations(Map.of(VERSION, Integer.toString(version)))
                .build();
    }

    /** As an apply, as the right to create something can be limited to a name with that alone. What is there by now wins. */
    private void create(HasMetadata object) {
        client.resource(object).fieldManager(Ownership.MANAGER).serverSideApply();
    }

    @Override
    public List<Rollout> rollouts() {
        return CONTROL_PLANE.stream()
                .flatMap(name -> Stream.ofNullable(client.apps()
                        .deployments()
                        .inNamespace(NAMESPACE)
                        .withName(name)
                        .get()))
                .map(Linkerd::rollout)
                .toList();
    }

    private static Rollout rollout(Deployment deployment) {
        var template = deployment.getSpec().getTemplate().getMetadata();
        var words = new TreeMap<>(data(template == null ? null : template.getAnnotations()));
        words.keySet().retainAll(List.of(ANCHOR_WORD, ISSUER_WORD));
        var status = deployment.getStatus();
        var replicas = Objects.requireNonNullElse(deployment.getSpec().getReplicas(), 1);
        return new Rollout(
                deployment.getMetadata().getName(),
                words,
                status != null
                        && Objects.equals(
                                status.getObservedGeneration(),
                                deployment.getMetadata().getGeneration())
                        && replicas.equals(Objects.requireNonNullElse(status.getReplicas(), 0))
                        && replicas.equals(Objects.requireNonNullElse(status.getUpdatedReplicas(), 0))
                        && replicas.equals(Objects.requireNonNullElse(status.getAvailableReplicas(), 0)));
    }

    @Override
    public void restart(String deployment, String annotation, String word) {
        var patch =
                Map.of("spec", Map.of("template", Map.of("metadata", Map.of("annotations", Map.of(annotation, word)))));
        client.apps()
                .deployments()
                .inNamespace(NAMESPACE)
                .withName(deployment)
                .patch(MERGE, Serialization.asJson(patch));
    }

    @Override
    public Identity identity() {
        var events = client.v1()
                .events()
                .inNamespace(NAMESPACE)
                .withField("involvedObject.kind", "Deployment")
                .withField("involvedObject.name", IDENTITY)
                .list()
                .getItems();
        var pods = client.pods()
                .inNamespace(NAMESPACE)
                .withLabel("linkerd.io/control-plane-component", "identity")
                .list()
                .getItems();
        return new Identity(
                pods.stream()
                        .filter(LinkerdText::isAlive)
                        .flatMap(it -> LinkerdText.started(it, "identity").stream())
                        .toList(),
                events.stream()
                        .filter(it -> "IssuerUpdated".equals(it.getReason()))
                        .flatMap(it -> last(it).stream())
                        .toList(),
                events.stream()
                        .filter(it -> "IssuerUpdateSkipped".equals(it.getReason()))
                        .flatMap(it -> last(it).map(at -> new Identity.Refusal(at, it.getMessage())).stream())
                        .max((one, other) -> one.at().compareTo(other.at())));
    }

    private static Optional<Instant> last(Event event) {
        return Stream.of(
                        Optional.ofNullable(event.getLastTimestamp()),
                        Optional.ofNullable(event.getEventTime()).map(MicroTime::getTime),
                        Optional.ofNullable(event.getFirstTimestamp()))
                .flatMap(Optional::stream)
                .map(Instant::parse)
                .findFirst();
    }

    @Override
    public List<Proxy> proxies() {
        var proxies = new ArrayList<Proxy>();
        String next = null;
        do {
            var page = client.pods()
                    .inAnyNamespace()
                    .list(new ListOptionsBuilder()
                            .withLabelSelector(CONTROL_PLANE_NAMESPACE + "=" + NAMESPACE)
                            .withLimit(PAGE)
                            .withContinue(next)
                            .build());
            page.getItems().stream()
                    .filter(LinkerdText::isAlive)
                    .flatMap(it -> proxy(it).stream())
                    .forEach(proxies::add);
            next = page.getMetadata().getContinue();
        } while (next != null && !next.isEmpty());
        return proxies;
    }

    private static Optional<Proxy> proxy(Pod pod) {
        var metadata = pod.getMetadata();
        return LinkerdText.proxy(pod)
                .map(it -> new Proxy(
                        metadata.getNamespace() + "/" + metadata.getName(),
                        LinkerdText.started(pod, LinkerdText.PROXY),
                        LinkerdText.anchors(it),
                        data(metadata.getAnnotations()).getOrDefault(ANCHOR_WORD, "")));
    }
}
