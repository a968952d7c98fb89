package dev.bulkhead.cluster;

import dev.bulkhead.apply.Ownership;
import dev.bulkhead.apply.ReducedStore;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Of each pod of ours, what is wrong with it, and whether the mesh missed it. A pod without a problem costs an entry of a
 * few words.
 */
final class Pods extends ReducedStore<Pod, Pods.State> {

    static final String SELECTOR = Ownership.MANAGED_BY + "=" + Ownership.MANAGER + "," + Ownership.WORKLOAD;

    private static final String WORD = Ownership.SECRET_VERSION;
    private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

    /** Waiting for one of these is ordinary. */
    private static final Set<String> ORDINARY = Set.of("ContainerCreating", "PodInitializing");

    /** Two names of one trouble: the kubelet shows the second between two attempts. */
    private static final Set<String> NO_IMAGE = Set.of("ErrImagePull", "ImagePullBackOff");

    private static final String INJECT = "linkerd.io/inject";
    private static final String INJECTED = "linkerd.io/control-plane-ns";

    /** What comes before the cause where the kubelet tells it in its back-off. */
    private static final String CAUSE = "ErrImagePull: ";

    /**
     * @param problem empty when nothing is wrong
     * @param unmeshed whether it is to have a proxy and has none
     * @param word for the secret values that it started with; empty when it uses none
     * @param ended whether it is over with it, for good
     */
    record State(
            String namespace,
            String name,
            String workload,
            String problem,
            boolean unmeshed,
            String word,
            boolean ended) {

        boolean isNews(@Nullable State before) {
            return before == null
                    ? !problem.isEmpty() || unmeshed
                    : !before.problem.equals(problem) || before.unmeshed != unmeshed;
        }

        /** An older kubelet tells the cause at each attempt, and not in between: what was told then still holds. */
        State orAsTold(@Nullable State before) {
            return before != null && !problem.isEmpty() && before.problem.startsWith(problem + ": ") ? before : this;
        }
    }

    private final Consumer<String> changed;

    /** @param changed told in which namespace a pod's problem came or went, or one that the mesh missed */
    Pods(Consumer<String> changed) {
        this.changed = changed;
    }

    /** What is wrong with a workload's pods: the first problem, by pod name. */
    Optional<String> problem(String namespace, String workload) {
        return of(namespace, workload)
                .filter(state -> !state.problem.isEmpty())
                .min(Comparator.comparing(State::name))
                .map(state -> "pod %s: %s".formatted(state.name, state.problem));
    }

    /** Those in a namespace that are to have a proxy of the mesh and have none, by name. */
    Stream<String> unmeshed(String namespace) {
        return in(namespace).filter(State::unmeshed).map(State::name).sorted();
    }

    /** The words of those that haven't ended, on their way out or not. */
    Set<String> words(String namespace, String workload) {
        return of(namespace, workload)
                .filter(state -> !state.ended)
                .map(State::word)
                .collect(Collectors.toUnmodifiableSet());
    }

    private Stream<State> of(String namespace, String workload) {
        return in(namespace).filter(state -> state.workload.equals(workload));
    }

    private static State state(Pod pod) {
        var metadata = pod.getMetadata();
        var ended = pod.getStatus() != null
                && ENDED.contains(String.valueOf(pod.getStatus().getPhase()));
        var stays = pod.getStatus() != null && metadata.getDeletionTimestamp() == null;
        return new State(
                metadata.getNamespace(),
                metadata.getName(),
                metadata.getLabels().getOrDefault(Ownership.WORKLOAD, ""),
                stays ? problem(pod) : "",
                stays && !ended && isUnmeshed(metadata),
                Optional.ofNullable(metadata.getAnnotations()).orElse(Map.of()).getOrDefault(WORD, ""),
                ended);
    }

    /** The injector reads the one, and leaves the other when it has done its work. */
    private static boolean isUnmeshed(ObjectMeta metadata) {
        return metadata.getAnnotations() != null
                && "enabled".equals(metadata.getAnnotations().get(INJECT))
                && !metadata.getLabels().containsKey(INJECTED);
    }

    private static String problem(Pod pod) {
        // It doesn't come back: what became of it is its controller's to say.
        if ("Failed".equals(pod.getStatus().getPhase())) {
            return "";
        }
        var containers = Stream.concat(
                pod.getStatus().getInitContainerStatuses().stream(), pod.getStatus().getContainerStatuses().stream());
        return containers
                .map(Pods::problem)
                .flatMap(Optional::stream)
                .findFirst()
                .or(() -> unschedulable(pod))
                .orElse("");
    }

    /**
     * What goes wrong again and again is told in the same words in all its phases, or each phase would be news and rewrite
     * the status every few seconds.
     */
    private static Optional<String> problem(ContainerStatus container) {
        var state = container.getState();
        if (state == null) {
            return Optional.empty();
        }
        // Between a crash and its back-off the kubelet shows a container as ended, often for most of the time.
        if (state.getTerminated() != null) {
            return crash(container, state);
        }
        if (state.getWaiting() != null) {
            return waiting(container, state.getWaiting());
        }
        // Started again, and not ready yet: what it died of is still the news.
        return Boolean.TRUE.equals(container.getReady())
                ? Optional.empty()
                : crash(container, container.getLastState());
    }

    private static Optional<String> waiting(ContainerStatus container, ContainerStateWaiting waiting) {
        var reason = Objects.requireNonNullElse(waiting.getReason(), "");
        if (reason.isEmpty() || ORDINARY.contains(reason)) {
            return Optional.empty();
        }
        var message = Objects.requireNonNullElse(waiting.getMessage(), "");
        if (NO_IMAGE.contains(reason)) {
            return Optional.of(noImage(container, reason, message));
        }
        if (reason.equals("CrashLoopBackOff")) {
            return crash(container, container.getLastState()).or(() -> Optional.of(is(container, reason)));
        }
        return Optional.of(is(container, reason) + (message.isEmpty() ? "" : " (" + message + ")"));
    }

    private static String is(ContainerStatus container, String reason) {
        return "container %s is in %s".formatted(container.getName(), reason);
    }

    private static String noImage(ContainerStatus container, String reason, String message) {
        var image = Objects.requireNonNullElse(container.getImage(), "");
        var problem = "container %s can't pull its image%s"
                .formatted(container.getName(), image.isEmpty() ? "" : " " + image);
        var at = message.indexOf(CAUSE);
        var cause = at >= 0 ? message.substring(at + CAUSE.length()) : reason.equals("ErrImagePull") ? message : "";
        return cause.isEmpty() ? problem : problem + ": " + cause;
    }

    private static Optional<String> crash(ContainerStatus container, @Nullable ContainerState state) {
        return Optional.ofNullable(state)
                .map(ContainerState::getTerminated)
                .filter(it -> !Integer.valueOf(0).equals(it.getExitCode()))
                .map(it -> "container %s doesn't stay up: it last ended with %s, exit code %d"
                        .formatted(container.getName(), it.getReason(), it.getExitCode()));
    }

    private static Optional<String> unschedulable(Pod pod) {
        return pod.getStatus().getConditions().stream()
                .filter(it -> "PodScheduled".equals(it.getType()) && "False".equals(it.getStatus()))
                .map(PodCondition::getMessage)
                .filter(Objects::nonNull)
                .map("it can't be scheduled: "::concat)
                .findFirst();
    }

    @Override
    protected Optional<State> reduced(Pod pod) {
        var now = state(pod);
        return Optional.of(now.orAsTold(find(now.namespace, now.name).orElse(null)));
    }

    @Override
    protected void changed(@Nullable State before, State now) {
        if (now.isNews(before) || before != null && isLast(before, now.ended)) {
            changed.accept(now.namespace);
        }
    }

    @Override
    protected void gone(State before) {
        if (before.isNews(null) || isLast(before, true)) {
            changed.accept(before.namespace);
        }
    }

    /** Whether nobody else has the values any more that a pod had which is over now: somebody may be waiting for that. */
    private boolean isLast(State before, boolean over) {
        var words = words(before.namespace, before.workload);
        return over && !before.ended && !words.isEmpty() && !words.contains(before.word);
    }

    @Override
    protected Pod named(State state) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(state.namespace)
                .withName(state.name)
                .endMetadata()
                .build();
    }
}
