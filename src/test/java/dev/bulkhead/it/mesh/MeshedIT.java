package dev.bulkhead.it.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bulkhead.apply.Kind;
import dev.bulkhead.it.mesh.Crossing.Door;
import dev.bulkhead.kube.BulkheadTest;
import dev.bulkhead.kube.NodeKind;
import dev.bulkhead.kube.OperatorUnderTest;
import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.kube.TestNamespace;
import dev.bulkhead.network.reach.World;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the matrix says of requests is what the proxies of a real mesh do with them. It needs a cluster with Linkerd, which only
 * {@code BULKHEAD_KUBECONFIG} can bring; everywhere else it is skipped, on CI too.
 */
@BulkheadTest(needs = NodeKind.REAL)
class MeshedIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Proxies are told at once; what takes time is our own next pass. */
    private static final Duration SECONDS = Duration.ofSeconds(10);

    private final TestCluster cluster;

    /** What came of a request. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Answer(boolean ok, int status, String body, String error) {

        /** A proxy that refuses, or reaches nobody, answers too, with another status. */
        boolean isOfTheService() {
            return status == 200;
        }
    }

    MeshedIT(TestCluster cluster) {
        this.cluster = cluster;
    }

    @BeforeEach
    void aMeshIsThere() {
        new Mesh(cluster.client()).missing().ifPresent(Assumptions::abort);
    }

    @Test
    void proxiesLetThroughWhatTheMatrixSays(TestNamespace hub, OperatorUnderTest operator) {
        var places = anEnvironment(hub, operator);

        var predicted = predicted(places);
        cluster.eventually(() -> assertThat(answered(places)).isEqualTo(predicted));

        // Not whatever the matrix says: these are what the files of the environment mean.
        assertThat(predicted)
                .contains(
                        new Crossing("web/frontend", Crossing.API, Door.HTTP, "/"),
                        new Crossing("web/reporter", Crossing.API, Door.HTTP, "/echo"),
                        new Crossing("web/reporter", Crossing.API, Door.HTTP, Crossing.PROBE),
                        new Crossing("outside/stranger", Crossing.NEIGHBOUR, Door.HTTP, "/"))
                .noneMatch(crossing -> crossing.from().equals("web/other"))
                .noneMatch(crossing -> crossing.door() == Door.SIDE);
        assertThat(ask(new Crossing("web/reporter", Crossing.API, Door.HTTP, "/"), places)
                        .status())
                .as("the mesh's own refusal")
                .isEqualTo(403);
    }

    @Test
    void anEdgeThatIsCutIsRefusedWithinSeconds(TestNamespace hub, OperatorUnderTest operator) {
        var places = anEnvironment(hub, operator);
        var edge = new Crossing("web/frontend", Crossing.API, Door.HTTP, "/");
        cluster.eventually(() -> assertThat(ask(edge, places))
                .satisfies(it -> assertThat(it.isOfTheService()).isTrue()));

        cluster.patch("workload", hub.of("meshed-frontend"), "{\"spec\":{\"calls\":[]}}");
        var cut = Instant.now();
        var answers = new ArrayList<Answer>();
        cluster.eventually(SECONDS, () -> {
            answers.add(ask(edge, places));
            assertThat(answers.getLast().isOfTheService()).isFalse();
        });
        System.out.printf(
                "MeshedIT: refused %d ms after the edit%n",
                Duration.between(cut, Instant.now()).toMillis());

        assertThat(answers.getLast().status()).as("the mesh refuses first").isEqualTo(403);
        cluster.awaitReady("workload", hub.of("meshed-frontend"));
        var predicted = predicted(places);
        assertThat(predicted).noneMatch(crossing -> crossing.from().equals("web/frontend"));
        cluster.eventually(() -> assertThat(answered(places)).isEqualTo(predicted));
    }

    private Places anEnvironment(TestNamespace hub, OperatorUnderTest operator) {
        var places = Places.of(hub);
        operator.start();
        cluster.apply(Places.RESOURCES, hub);
        cluster.applyYaml(places.strangers());
        cluster.awaitReady(hub.of("meshed"));
        Stream.of("api", "frontend", "reporter", "other")
                .forEach(workload -> cluster.awaitReady("workload", hub.of("meshed-" + workload)));
        cluster.eventually(() -> assertThat(cluster.client()
                        .pods()
                        .inNamespace(places.outside())
                        .list()
                        .getItems())
                .allMatch(pod -> "Running".equals(pod.getStatus().getPhase())));
        assertThat(cluster.client().pods().inNamespace(places.web()).list().getItems())
                .as("pods that the injector gave a proxy")
                .allMatch(pod -> pod.getMetadata().getLabels().containsKey("linkerd.io/control-plane-ns"));
        return places;
    }

    private Set<Crossing> predicted(Places places) {
        var objects = List.of(places.web(), places.outside()).stream()
                .flatMap(this::objects)
                .toList();
        return Crossing.open(
                World.of(objects, new Mesh(cluster.client()).facts()).matrix(), places);
    }

    private Stream<HasMetadata> objects(String namespace) {
        var client = cluster.client();
        return Stream.of(
                        List.of(client.namespaces().withName(namespace).require()),
                        client.pods().inNamespace(namespace).list().getItems(),
                        client.network()
                                .v1()
                                .networkPolicies()
                                .inNamespace(namespace)
                                .list()
                                .getItems(),
                        ofTheMesh(namespace))
                .flatMap(Collection::stream);
    }

    private List<HasMetadata> ofTheMesh(String namespace) {
        return new Mesh(cluster.client())
                .capabilities().served().stream()
                        .filter(Kind::isAdded)
                        .flatMap(kind -> cluster
                                .client()
                                .genericKubernetesResources(context(kind))
                                .inNamespace(namespace)
                                .list()
                                .getItems()
                                .stream())
                        .<HasMetadata>map(it -> it)
                        .toList();
    }

    private static ResourceDefinitionContext context(Kind kind) {
        return new ResourceDefinitionContext.Builder()
                .withGroup(kind.group())
                .withVersion(kind.version())
                .withKind(kind.kind())
                .withPlural(kind.plural())
                .withNamespaced(true)
                .build();
    }

    private Set<Crossing> answered(Places places) {
        return Crossing.all().parallelStream()
                .filter(crossing -> ask(crossing, places).isOfTheService())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The kubelet starts the client in the pod, which no policy sees; what the client sends goes through the pod's own proxy. */
    private Answer ask(Crossing crossing, Places places) {
        var from = places.of(crossing.from()).split("/");
        var to = places.of(crossing.to()).split("/");
        var result = cluster.kubectl(
                "exec",
                "--namespace=" + from[0],
                crossing.from().startsWith("web/") ? "deployment/" + from[1] : "pod/" + from[1],
                "--container=" + from[1],
                "--",
                "/testapp",
                "dial",
                "--http",
                "--path=" + crossing.path(),
                "%s.%s.svc:%d".formatted(to[1], to[0], crossing.door().front()));
        try {
            return JSON.readValue(result.output().lines().findFirst().orElse(result.errors()), Answer.class);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("%s said: %s".formatted(crossing.from(), result), e);
        }
    }
}
