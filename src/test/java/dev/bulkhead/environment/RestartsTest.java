package dev.bulkhead.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.apply.Entry.ObjectEntry;
import dev.bulkhead.apply.Kind;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import org.junit.jupiter.api.Test;

/** What replaces pods, what runs a Job again, and what doesn't. */
class RestartsTest {

    private static final String BEFORE = Texts.DB_SECRET + """
            kind: Environment
            metadata: {name: staging, namespace: shop}
            spec:
              namespaces: [{name: web}]
            ---
            kind: Workload
            metadata: {name: api, namespace: shop}
            spec:
              environmentRef: {name: staging}
              targetNamespace: web
              image: registry.example.com/shop/api:1
              replicas: 1
              ports: [{name: http, port: 80}]
              env: [{name: PASSWORD, secretRef: {entry: db}}]
              config: [{name: settings, path: /etc/api, data: {level: info}}]
            ---
            kind: Workload
            metadata: {name: migrate, namespace: shop}
            spec:
              environmentRef: {name: staging}
              targetNamespace: web
              type: Job
              image: registry.example.com/shop/tool:1
              env: [{name: PASSWORD, secretRef: {entry: db}}]
              config: [{name: steps, path: /steps, data: {first: create}}]
            """;

    @Test
    void aChangedFileReplacesThePodsThatReadIt() {
        var after = BEFORE.replace("level: info", "level: debug");

        assertThat(pods(after)).isNotEqualTo(pods(BEFORE));
        assertThat(job(after)).isEqualTo(job(BEFORE));
    }

    @Test
    void aNewSecretValueReplacesPodsAndRunsNoJobAgain() {
        var after = BEFORE.replace("password: old", "password: new");

        assertThat(pods(after)).isNotEqualTo(pods(BEFORE));
        assertThat(job(after)).isEqualTo(job(BEFORE));
    }

    @Test
    void neitherAReplicaNorAnEdgeReplacesThePodsThatAreThere() {
        var after = BEFORE.replace("replicas: 1", "replicas: 5\n  calls: [{workload: api, port: http}]");

        assertThat(pods(after)).isEqualTo(pods(BEFORE));
    }

    @Test
    void anotherImageIsAnotherJob() {
        assertThat(job(BEFORE.replace("tool:1", "tool:2"))).isNotEqualTo(job(BEFORE));
    }

    @Test
    void otherStepsAreAnotherJob() {
        assertThat(job(BEFORE.replace("first: create", "first: drop"))).isNotEqualTo(job(BEFORE));
    }

    private static PodTemplateSpec pods(String yaml) {
        return World.of(yaml).plan().entries().stream()
                .filter(entry -> entry.ref().kind() == Kind.DEPLOYMENT)
                .map(entry ->
                        ((Deployment) ((ObjectEntry) entry).object()).getSpec().getTemplate())
                .findFirst()
                .orElseThrow();
    }

    private static String job(String yaml) {
        return World.of(yaml).plan().entries().stream()
                .filter(entry -> entry.ref().kind() == Kind.JOB)
                .map(entry -> entry.ref().name())
                .findFirst()
                .orElseThrow();
    }
}
