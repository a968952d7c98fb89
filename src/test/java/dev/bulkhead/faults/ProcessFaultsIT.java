package dev.bulkhead.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.it.Staging;
import dev.bulkhead.kube.Audit;
import dev.bulkhead.kube.AuditRequest;
import dev.bulkhead.kube.BulkheadTest;
import dev.bulkhead.kube.OperatorProcess;
import dev.bulkhead.kube.Replicas;
import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.kube.TestNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;

/** What befalls the process itself: too little memory, a log that is full. It costs some three minutes. */
@BulkheadTest
class ProcessFaultsIT {

    private static final int MANY = Integer.parseInt(System.getenv().getOrDefault("FAULTS_RESOURCES", "10000"));
    private static final int KILLS = 3;

    /** The options of the image, and the limit of the chart: 384 MiB. */
    private static final Map<String, String> AS_IN_THE_POD = Map.of(
            "JDK_JAVA_OPTIONS",
            "@%s -XX:MaxRAM=384m"
                    .formatted(Path.of("src/main/docker/jvm.options").toAbsolutePath()),
            "MALLOC_ARENA_MAX",
            "2");

    private static final Duration A_WHILE = Duration.ofSeconds(4);
    private static final Duration LONG = Duration.ofMinutes(5);

    private final TestCluster cluster;
    private final Replicas replicas;
    private final Audit audit;

    ProcessFaultsIT(TestCluster cluster, Replicas replicas, Audit audit) {
        this.cluster = cluster;
        this.replicas = replicas;
        this.audit = audit;
    }

    /** As it is in a new cluster: nobody waits for a leader of the test before. */
    @BeforeEach
    void theSeatIsVacant() {
        replicas.close();
        cluster.client().leases().inNamespace("bulkhead-system").delete();
    }

    @Fault(5)
    void whoIsKilledAtTheFirstListsOfTenThousandComesUpAndWorks(TestNamespace hub, Trial trial) throws IOException {
        inParallel(at -> cluster.applyYaml(hub, """
                apiVersion: bulkhead.dev/v1alpha1
                kind: Workload
                metadata: {name: nowhere-%d}
                spec: {environmentRef: {name: nowhere}, targetNamespace: web, selector: {app: nowhere}}
                """.formatted(at)));
        var operator = replicas.start("oom", AS_IN_THE_POD);
        for (var kill = 0; kill < KILLS; kill++) {
            cluster.eventually(LONG, () -> assertThat(audit.requests()).anyMatch(ProcessFaultsIT::listsWorkloads));
            operator.kill();
            audit.mark();
            operator.start();
        }
        trial.faultIsOver();

        var staging = Staging.with(cluster, hub, "{name: web}");
        cluster.eventually(LONG, () -> assertThat(
                        cluster.conditions("environment", staging.name()).get("Ready"))
                .isNotNull()
                .matches(it -> it.isTrue()));
        trial.recovered();
        assertThat(operator.isRunning()).isTrue();
        trial.note("%d resources, killed %d times; then %s resident".formatted(MANY, KILLS, resident(operator)));
        operator.kill();
        inParallel(at -> cluster.delete("workload", hub.of("nowhere-" + at)));
    }

    @Fault(60)
    void aLogThatNobodyTakesHarmsNothingThatRuns(TestNamespace hub, Trial trial) {
        var operator = replicas.start("mute", Map.of("QUARKUS_LOG_CATEGORY__IO_JAVAOPERATORSDK__LEVEL", "DEBUG"));
        var staging = Staging.declared(cluster, hub);
        staging.awaitReady();
        var policy = staging.web() + "/deny-all";
        var before = Holdings.of(cluster, staging.data());
        audit.mark();

        operator.stopListening();
        try {
            cluster.eventually(LONG, () -> {
                IntStream.range(0, 20)
                        .forEach(at -> staging.patch(
                                "{\"namespaces\":[{\"name\":\"web\",\"quota\":{\"pods\":\"%d\"}},{\"name\":\"data\"}]}"
                                        .formatted(at + 1)));
                cluster.delete("networkpolicy", policy);
                Trial.pause(A_WHILE);
                assertThat(cluster.find("networkpolicy", policy))
                        .as("a sign that it can't speak any more")
                        .isEmpty();
            });
            // Longer than its lease: whoever would take over, would now.
            Trial.pause(Duration.ofSeconds(20));
            assertThat(Holdings.of(cluster, staging.data())).isEqualTo(before);
            assertThat(audit.writes(Replicas.userAgent("mute")).stream().map(AuditRequest::verb))
                    .doesNotContain("delete", "deletecollection");
        } finally {
            operator.listen();
        }
        trial.faultIsOver();

        cluster.eventually(() -> {
            // It may have lost its lease meanwhile, and so have ended: a kubelet would start it again.
            operator.start();
            assertThat(cluster.find("networkpolicy", policy)).isPresent();
        });
        staging.awaitReady();
        trial.recovered();
        trial.note(operator.exitCode().isPresent() ? "it ended, and was started again" : "the same process went on");
    }

    private static void inParallel(IntConsumer work) {
        try (var threads = Executors.newFixedThreadPool(16)) {
            IntStream.range(0, MANY)
                    .mapToObj(at -> threads.submit(() -> work.accept(at)))
                    .toList()
                    .forEach(ProcessFaultsIT::done);
        }
    }

    private static void done(Future<?> work) {
        try {
            work.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean listsWorkloads(AuditRequest request) {
        return request.verb().equals("list")
                && request.resource().equals("workloads")
                && request.userAgent().equals(Replicas.userAgent("oom"));
    }

    private static String resident(OperatorProcess operator) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(operator.pid()), "status")).stream()
                .filter(it -> it.startsWith("VmRSS:"))
                .map(it -> Long.parseLong(it.replaceAll("\\D", "")) / 1024 + " MiB")
                .findFirst()
                .orElse("an unknown amount");
    }
}
