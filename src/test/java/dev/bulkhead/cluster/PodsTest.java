package dev.bulkhead.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a pod, in a few words. */
class PodsTest {

    private static final String CRASHING = """
            {containerStatuses: [{name: app,
              state: {waiting: {reason: CrashLoopBackOff, message: back-off 20s restarting}},
              lastState: {terminated: {reason: Error, exitCode: 3}}}]}""";

    private final List<String> told = new ArrayList<>();
    private final Pods pods = new Pods(told::add);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {containerStatuses: [{name: app, image: "shop/api:1", state: {waiting: {reason: ErrImagePull, message: not found}}}]}        | container app can't pull its image shop/api:1: not found
            {containerStatuses: [{name: app, state: {waiting: {reason: CreateContainerConfigError}}}]}                                  | container app is in CreateContainerConfigError
            {initContainerStatuses: [{name: init, state: {waiting: {reason: ErrImagePull}}}], containerStatuses: [{name: app, state: {waiting: {reason: X}}}]} | container init can't pull its image
            {containerStatuses: [{name: app, state: {terminated: {reason: Error, exitCode: 3}}}]}                                       | container app doesn't stay up: it last ended with Error, exit code 3
            {containerStatuses: [{name: app, state: {running: {}}, lastState: {terminated: {reason: OOMKilled, exitCode: 137}}}]}       | container app doesn't stay up: it last ended with OOMKilled, exit code 137
            {conditions: [{type: PodScheduled, status: "False", message: no node}]}                                                      | it can't be scheduled: no node
            """)
    void aProblemIsNamed(String status, String problem) {
        put("api-1", status);

        assertThat(pods.problem("web", "api")).contains("pod api-1: " + problem);
    }

    @Test
    void aPodThatTheMeshMissedIsToldWhenItComesAndWhenItGoes() {
        var missed = pod("api-1", "{phase: Running}");
        missed.getMetadata().setAnnotations(Map.of("linkerd.io/inject", "enabled"));
        pods.put("web/api-1", missed);
        pods.put("web/api-1", missed);
        assertThat(pods.unmeshed("web")).containsExactly("api-1");
        assertThat(pods.unmeshed("data")).isEmpty();
        assertThat(told).containsExactly("web");

        pods.remove("web/api-1");
        assertThat(pods.unmeshed("web")).isEmpty();
        assertThat(told).containsExactly("web", "web");
    }

    @Test
    void aPodWithAProxyOrWithoutNeedOfOneIsNoNews() {
        var meshed = pod("api-1", "{phase: Running}");
        meshed.getMetadata().setAnnotations(Map.of("linkerd.io/inject", "enabled"));
        meshed.getMetadata().getLabels().put("linkerd.io/control-plane-ns", "linkerd");
        var outside = pod("api-2", "{phase: Running}");
        outside.getMetadata().setAnnotations(Map.of("linkerd.io/inject", "disabled"));
        var done = pod("api-3", "{phase: Succeeded}");
        done.getMetadata().setAnnotations(Map.of("linkerd.io/inject", "enabled"));
        List.of(meshed, outside, done)
                .forEach(pod -> pods.put("web/" + pod.getMetadata().getName(), pod));

        assertThat(pods.unmeshed("web")).isEmpty();
        assertThat(told).isEmpty();
    }

    @Test
    void aCrashIsToldByItsExitCodeAndNotByABackOffThatChangesEachTime() {
        put("api-1", CRASHING);

        assertThat(pods.problem("web", "api"))
                .contains("pod api-1: container app doesn't stay up: it last ended with Error, exit code 3");

        put("api-1", CRASHING.replace("20s", "40s"));
        assertThat(told).containsExactly("web");
    }

    @Test
    void aContainerThatCrashesAgainAndAgainIsToldOnceAndNotInEachOfItsPhases() {
        put("api-1", CRASHING);
        put("api-1", "{containerStatuses: [{name: app, state: {terminated: {reason: Error, exitCode: 3}}}]}");
        put("api-1", """
                {containerStatuses: [{name: app, state: {running: {}},
                  lastState: {terminated: {reason: Error, exitCode: 3}}}]}""");
        put("api-1", CRASHING);

        assertThat(told).containsExactly("web");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Back-off pulling image", "'Back-off pulling image: ErrImagePull: not found'"})
    void anImageThatIsNotThereIsToldOnceAndNotAtEachAttempt(String backOff) {
        var attempt =
                "{containerStatuses: [{name: app, state: {waiting: {reason: ErrImagePull, message: not found}}}]}";
        put("api-1", attempt);
        put("api-1", """
                {containerStatuses: [{name: app, state: {waiting: {reason: ImagePullBackOff, message: %s}}}]}""".formatted(backOff));
        put("api-1", attempt);

        assertThat(told).containsExactly("web");
        assertThat(pods.problem("web", "api")).contains("pod api-1: container app can't pull its image: not found");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}
            {containerStatuses: [{name: app, state: {running: {}}}]}
            {containerStatuses: [{name: app, ready: true, state: {running: {}}, lastState: {terminated: {reason: Error, exitCode: 3}}}]}
            {containerStatuses: [{name: app, state: {terminated: {reason: Completed, exitCode: 0}}}]}
            {phase: Failed, containerStatuses: [{name: app, state: {terminated: {reason: Error, exitCode: 3}}}]}
            {containerStatuses: [{name: app}]}
            {containerStatuses: [{name: app, state: {waiting: {}}}]}
            {containerStatuses: [{name: app, state: {waiting: {reason: ContainerCreating}}}]}
            {containerStatuses: [{name: app, state: {waiting: {reason: PodInitializing}}}]}
            {conditions: [{type: PodScheduled, status: "True"}]}
            """)
    void whatIsOrdinaryIsNoProblem(String status) {
        put("api-1", status);

        assertThat(pods.problem("web", "api")).isEmpty();
        assertThat(told).isEmpty();
    }

    @Test
    void theFirstPodByNameSpeaksForItsWorkload() {
        put("api-2", CRASHING);
        put("api-1", CRASHING);

        assertThat(pods.problem("web", "api").orElseThrow()).startsWith("pod api-1:");
        assertThat(pods.problem("web", "other")).isEmpty();
        assertThat(pods.problem("data", "api")).isEmpty();
    }

    @Test
    void aProblemThatGoesIsTold() {
        put("api-1", CRASHING);
        put("api-1", "{}");
        assertThat(pods.problem("web", "api")).isEmpty();

        put("api-1", CRASHING);
        pods.remove("web/api-1");
        assertThat(pods.problem("web", "api")).isEmpty();

        assertThat(told).hasSize(4);
    }

    @Test
    void aPodThatIsBeingDeletedHasNoProblem() {
        var pod = pod("api-1", CRASHING);
        pod.getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");

        pods.put(pods.getKey(pod), pod);

        assertThat(pods.problem("web", "api")).isEmpty();
    }

    private void put(String name, String status) {
        var pod = pod(name, status);
        pods.put(pods.getKey(pod), pod);
    }

    private static Pod pod(String name, String status) {
        try {
            return new YAMLMapper().readValue("""
                    metadata: {namespace: web, name: %s, labels: {bulkhead.dev/workload: api}}
                    status: %s
                    """.formatted(name, status), Pod.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
