package dev.bulkhead.apply;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What shows in a digest, and what doesn't. */
class DigestTest {

    private static final ObjectMapper YAML = new YAMLMapper();
    private static final Digest DIGEST = new Digest("a key for tests only".getBytes(StandardCharsets.UTF_8));

    /** A Deployment as an API server answers, with fields of ours, of a controller, of kubectl and of nobody. */
    private static final String DEPLOYMENT = """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: api
              namespace: web
              uid: 6f0c
              resourceVersion: "10"
              generation: 1
              labels: {app: api, theirs: x}
              finalizers: [ours.example.com/one, theirs.example.com/two]
              managedFields:
              - manager: bulkhead
                operation: Apply
                time: "2026-01-01T00:00:00Z"
                fieldsV1:
                  f:metadata:
                    f:labels: {"f:app": {}}
                    f:finalizers: {'v:"ours.example.com/one"': {}}
                  f:spec:
                    f:replicas: {}
                    f:selector: {}
                    f:template:
                      f:spec:
                        f:containers:
                          'k:{"name":"app"}':
                            .: {}
                            f:name: {}
                            f:image: {}
                            f:ports:
                              'k:{"containerPort":80,"protocol":"TCP"}':
                                .: {}
                                f:containerPort: {}
              - manager: kube-controller-manager
                operation: Update
                subresource: status
                fieldsV1: {"f:status": {"f:replicas": {}}}
              - manager: kubectl
                operation: Update
                fieldsV1: {"f:metadata": {"f:labels": {"f:theirs": {}}}}
            spec:
              replicas: 2
              progressDeadlineSeconds: 600
              selector: {matchLabels: {app: api}}
              template:
                spec:
                  restartPolicy: Always
                  containers:
                  - name: sidecar
                    image: registry.example.com/sidecar:1
                  - name: app
                    image: registry.example.com/api:1
                    imagePullPolicy: Always
                    ports: [{containerPort: 80, protocol: TCP}]
            status: {replicas: 1}
            """;

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(delimiter = '|', textBlock = """
            replicas: 2                          | replicas: 3
            {app: api, theirs: x}                | {app: other, theirs: x}
            {app: api, theirs: x}                | {theirs: x}
            {matchLabels: {app: api}}            | {matchLabels: {app: api, more: y}}
            image: registry.example.com/api:1    | image: registry.example.com/api:2
            containerPort: 80, protocol: TCP     | containerPort: 81, protocol: TCP
            containerPort: 80, protocol: TCP     | containerPort: 80, protocol: UDP
            - name: app                          | - name: renamed
            ours.example.com/one, theirs         | theirs
            'f:image: {}'                        | 'f:imageOther: {}'
            'f:replicas: {}'                     | 'f:replicasOther: {}'
            '{"f:app": {}}'                      | '{"f:app": {}, "f:theirs": {}}'
            """)
    void aChangeOfWhatWeOwnShows(String before, String after) {
        assertThat(owned(replaced(before, after))).isNotEqualTo(owned(DEPLOYMENT));
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(delimiter = '|', textBlock = """
            'resourceVersion: "10"'              | 'resourceVersion: "11"'
            generation: 1                        | generation: 2
            uid: 6f0c                            | uid: 77aa
            {app: api, theirs: x}                | {app: api, theirs: z}
            {app: api, theirs: x}                | {theirs: x, app: api}
            theirs.example.com/two               | theirs.example.com/three
            progressDeadlineSeconds: 600         | progressDeadlineSeconds: 300
            restartPolicy: Always                | restartPolicy: Never
            imagePullPolicy: Always              | imagePullPolicy: IfNotPresent
            sidecar:1                            | sidecar:2
            status: {replicas: 1}                | status: {replicas: 2}
            '{"f:status": {"f:replicas": {}}}'   | '{"f:status": {"f:other": {}}}'
            '"2026-01-01T00:00:00Z"'             | '"2026-02-02T00:00:00Z"'
            """)
    void whatOthersDoBesideItDoesNot(String before, String after) {
        assertThat(owned(replaced(before, after))).isEqualTo(owned(DEPLOYMENT));
    }

    @Test
    void theOrderOfAListOfNamedItemsIsNotOurs() {
        var one = Map.of("name", "a", "v", 1);
        var other = Map.of("name", "b", "v", 2);
        var fields = Map.of("f:items", Map.of("k:{\"name\":\"a\"}", Map.of(".", Map.of(), "f:v", Map.of())));

        assertThat(owned(Map.of("items", List.of(one, other)), fields))
                .isEqualTo(owned(Map.of("items", List.of(other, one)), fields));
    }

    @Test
    void whatWeDoNotOwnHasNoDigest() {
        assertThat(DIGEST.owned(parse(DEPLOYMENT), "nobody")).isEmpty();
        assertThat(DIGEST.owned(parse(DEPLOYMENT), "kubectl")).isEmpty();
        assertThat(DIGEST.owned(parse("{apiVersion: v1, kind: ConfigMap, metadata: {name: x}}"), "bulkhead"))
                .isEmpty();
    }

    @Property(tries = 200)
    void theOrderOfKeysDoesNotShow(@ForAll("trees") Object tree, @ForAll Random random) {
        assertThat(DIGEST.of(shuffled(tree, random))).isEqualTo(DIGEST.of(tree));
    }

    @Property(tries = 300)
    void differentTreesHaveDifferentDigests(@ForAll("trees") Object one, @ForAll("trees") Object other) {
        Assume.that(!one.equals(other));

        assertThat(DIGEST.of(one)).isNotEqualTo(DIGEST.of(other));
    }

    @Property(tries = 100)
    void anotherKeyIsAnotherDigest(@ForAll("trees") Object tree) {
        var other = new Digest("another key".getBytes(StandardCharsets.UTF_8));

        assertThat(other.of(tree)).isNotEqualTo(DIGEST.of(tree)).hasSameSizeAs(DIGEST.of(tree));
    }

    @Property(tries = 300)
    void ofATreeThatWeOwnEveryChangeShowsAndNothingBesideIt(
            @ForAll("maps") Map<String, Object> ours, @ForAll("maps") Map<String, Object> changed) {
        Assume.that(!ours.isEmpty());
        var theirs = new LinkedHashMap<>(changed);
        theirs.keySet().removeAll(ours.keySet());
        var fields = fields(ours);

        var alone = owned(ours, fields);

        var beside = new LinkedHashMap<>(theirs);
        beside.putAll(ours);
        assertThat(owned(beside, fields)).isEqualTo(alone);

        var over = new LinkedHashMap<>(ours);
        over.replaceAll((name, value) -> changed.getOrDefault(name, value));
        assertThat(owned(over, fields).equals(alone)).isEqualTo(over.equals(ours));
    }

    @Test
    void whatLooksLikeAnotherShapeIsNotTheSame() {
        assertThat(List.<Object>of(
                                List.of("a", "b"),
                                List.of("ab"),
                                List.of(List.of("a"), "b"),
                                List.of(List.of("a", "b")),
                                Map.of("a", "b"),
                                List.of(Map.of("a", "b")),
                                "ab",
                                "1",
                                List.of("1"),
                                List.of(1),
                                List.of(true),
                                List.of("true"),
                                List.of(),
                                Map.of(),
                                List.of(Map.of()),
                                List.of(""))
                        .stream()
                        .map(DIGEST::of)
                        .toList())
                .doesNotHaveDuplicates();
    }

    @Provide
    Arbitrary<Object> trees() {
        return trees(2);
    }

    @Provide
    Arbitrary<Map<String, Object>> maps() {
        return maps(1);
    }

    private static Arbitrary<Object> trees(int depth) {
        Arbitrary<Object> leaf =
                Arbitraries.of("", "a", "b", "ab", "s", "{", "0", "1", "true", 0, 1, -1, 300, true, false);
        return depth == 0
                ? leaf
                : Arbitraries.oneOf(
                        leaf,
                        trees(depth - 1).list().ofMaxSize(3).map(it -> it),
                        maps(depth - 1).map(it -> it));
    }

    private static Arbitrary<Map<String, Object>> maps(int depth) {
        return Arbitraries.maps(Arbitraries.of("a", "b", "ab", "c"), trees(depth))
                .ofMaxSize(3);
    }

    private static Object shuffled(Object tree, Random random) {
        return switch (tree) {
            case Map<?, ?> map -> {
                var entries = new ArrayList<>(map.entrySet());
                Collections.shuffle(entries, random);
                var other = new LinkedHashMap<Object, Object>();
                entries.forEach(it -> other.put(it.getKey(), shuffled(it.getValue(), random)));
                yield other;
            }
            case List<?> list -> list.stream().map(it -> shuffled(it, random)).toList();
            default -> tree;
        };
    }

    /** Each top field is one value of ours. */
    private static Map<String, Object> fields(Map<String, Object> ours) {
        return ours.keySet().stream().collect(Collectors.toMap("f:"::concat, _ -> Map.of()));
    }

    private static String replaced(String before, String after) {
        assertThat(DEPLOYMENT).contains(before);
        return DEPLOYMENT.replaceFirst(Pattern.quote(before), Matcher.quoteReplacement(after));
    }

    private static String owned(Object data, Object fields) {
        var ours = new FieldsV1();
        ours.setAdditionalProperty("f:data", fields);
        var object = new GenericKubernetesResourceBuilder()
                .withNewMetadata()
                .addNewManagedField()
                .withManager("bulkhead")
                .withOperation("Apply")
                .withFieldsV1(ours)
                .endManagedField()
                .endMetadata()
                .addToAdditionalProperties("data", data)
                .build();
        return DIGEST.owned(object, "bulkhead").orElseThrow();
    }

    private static String owned(String yaml) {
        return DIGEST.owned(parse(yaml), "bulkhead").orElseThrow();
    }

    private static GenericKubernetesResource parse(String yaml) {
        try {
            return YAML.readValue(yaml, GenericKubernetesResource.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
