package dev.bulkhead.kube;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What one wants to see when a test on a cluster has failed. No Secret is ever read for it. */
final class FailureReport {

    private static final List<String> OURS = List.of("environment", "workload", "networkpolicyset", "secretscope");
    private static final List<String> THEIRS = List.of(
            "deployment",
            "statefulset",
            "job",
            "cronjob",
            "service",
            "networkpolicy",
            "resourcequota",
            "persistentvolumeclaim");

    private final TestCluster cluster;
    private final List<String> operatorLog;
    private final StringBuilder text = new StringBuilder();

    FailureReport(TestCluster cluster, List<String> operatorLog) {
        this.cluster = cluster;
        this.operatorLog = operatorLog;
    }

    static SeenEvent seen(Event event) {
        var about = event.getInvolvedObject();
        var count = event.getCount() == null ? 1 : event.getCount();
        return new SeenEvent(
                event.getType(), event.getReason(), event.getMessage(), about.getKind(), about.getName(), count);
    }

    String write(String test) {
        heading("%s failed on %s".formatted(test, cluster.kube().description()));
        heading("the operator's last words");
        operatorLog.forEach(this::line);
        for (var namespace : namespaces()) {
            // One namespace that can't be read must not hide the others, nor the failure itself.
            attempt("namespace " + namespace, () -> describe(namespace));
        }
        return text.toString();
    }

    /** Those that the test named, and those that are made from them: hub-environment-name. */
    private Set<String> namespaces() {
        var touched = cluster.touched();
        var all = new TreeSet<>(touched);
        attempt("the namespaces", () -> cluster.client().namespaces().list().getItems().stream()
                .map(namespace -> namespace.getMetadata().getName())
                .filter(name -> touched.stream().anyMatch(hub -> name.startsWith(hub + "-")))
                .forEach(all::add));
        return all;
    }

    private void describe(String namespace) {
        heading("namespace " + namespace);
        cluster.client().v1().events().inNamespace(namespace).list().getItems().stream()
                .map(event -> seen(event).toString())
                .forEach(this::line);
        OURS.forEach(kind -> attempt(kind, () -> cluster.list(kind, namespace).forEach(this::whole)));
        cluster.client().pods().inNamespace(namespace).list().getItems().forEach(this::pod);
        THEIRS.forEach(kind -> attempt(
                kind,
                () -> line(kind + ": "
                        + cluster.list(kind, namespace).stream()
                                .map(object -> object.getMetadata().getName())
                                .collect(Collectors.joining(", ")))));
    }

    private void whole(GenericKubernetesResource object) {
        object.getMetadata().setManagedFields(List.of());
        try {
            line(new ObjectMapper(new YAMLFactory()).writeValueAsString(object).strip());
        } catch (JsonProcessingException e) {
            line("%s %s can't be written: %s".formatted(object.getKind(), name(object), e.getMessage()));
        }
    }

    private void pod(Pod pod) {
        var containers = Stream.ofNullable(pod.getStatus().getContainerStatuses())
                .flatMap(List::stream)
                .map(FailureReport::container)
                .collect(Collectors.joining("; "));
        line("pod %s %s %s".formatted(name(pod), pod.getStatus().getPhase(), containers));
    }

    private static String container(ContainerStatus status) {
        var waiting = status.getState() == null ? null : status.getState().getWaiting();
        return "%s ready=%s restarts=%d%s"
                .formatted(
                        status.getName(),
                        status.getReady(),
                        status.getRestartCount(),
                        waiting == null ? "" : " waiting: " + waiting.getReason());
    }

    private static String name(HasMetadata object) {
        return object.getMetadata().getName();
    }

    private void attempt(String what, Runnable part) {
        try {
            part.run();
        } catch (RuntimeException e) {
            line("(%s: not readable: %s)".formatted(what, e.getMessage()));
        }
    }

    private void heading(String words) {
        text.append("\n=== ").append(words).append('\n');
    }

    private void line(String words) {
        text.append(words).append('\n');
    }
}
