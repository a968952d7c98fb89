package dev.bulkhead.cli.live;

import dev.bulkhead.api.v1alpha1.Environment;
import dev.bulkhead.api.v1alpha1.EnvironmentStatus;
import dev.bulkhead.api.v1alpha1.NetworkPolicySet;
import dev.bulkhead.api.v1alpha1.SecretConsumer;
import dev.bulkhead.api.v1alpha1.SecretEntryStatus;
import dev.bulkhead.api.v1alpha1.SecretScope;
import dev.bulkhead.api.v1alpha1.Workload;
import dev.bulkhead.api.v1alpha1.WorkloadStatus;
import dev.bulkhead.secrets.report.EntryReport;
import dev.bulkhead.secrets.report.ScopeSummary;
import dev.bulkhead.status.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Style;

/** An environment, its pillars, and all that shapes it, each with how it stands and why. */
public final class StatusTree {

    private static final Set<String> STANDINGS = Set.of(Conditions.READY, Conditions.RECONCILING, Conditions.STALLED);

    private final Ansi ansi;

    public StatusTree(Ansi ansi) {
        this.ansi = ansi;
    }

    /** @param contributors of that environment */
    public String of(
            Environment environment,
            List<Workload> workloads,
            List<NetworkPolicySet> networkPolicySets,
            List<SecretScope> secretScopes) {
        var status = environment.getStatus();
        var branches = Stream.of(
                        pillars(status).map(this::pillar),
                        inOrder(workloads).map(this::workload),
                        inOrder(networkPolicySets)
                                .map(it -> branch(
                                        it,
                                        it.getStatus() == null
                                                ? List.of()
                                                : it.getStatus().conditions(),
                                        "")),
                        inOrder(secretScopes).map(this::secretScope))
                .flatMap(it -> it)
                .toList();
        var page = new StringBuilder();
        write(branch(environment, status == null ? List.of() : status.conditions(), where(status)), "", "", page);
        IntStream.range(0, branches.size()).forEach(index -> {
            var last = index == branches.size() - 1;
            write(branches.get(index), last ? "└─ " : "├─ ", last ? "   " : "│  ", page);
        });
        return page.toString();
    }

    /**
     * A line, and what explains it.
     *
     * @param word how it stands
     * @param style what that looks like
     * @param why empty where nothing needs to be explained
     * @param twigs what it has of its own that is worth a line
     */
    private record Branch(String what, String word, Style style, String why, List<Branch> twigs) {

        Branch(String what, String word, Style style, String why) {
            this(what, word, style, why, List.of());
        }
    }

    private static Stream<Condition> pillars(@Nullable EnvironmentStatus status) {
        return status == null
                ? Stream.empty()
                : status.conditions().stream().filter(it -> !STANDINGS.contains(it.getType()));
    }

    private Branch pillar(Condition condition) {
        var good = "True".equals(condition.getStatus());
        return new Branch(
                condition.getType(),
                good ? "True" : "%s (%s)".formatted(condition.getStatus(), condition.getReason()),
                good ? Style.fg_green : Style.fg_yellow,
                good ? "" : condition.getMessage());
    }

    private Branch workload(Workload workload) {
        var status = workload.getStatus();
        return branch(workload, status == null ? List.of() : status.conditions(), pods(status));
    }

    private Branch secretScope(SecretScope scope) {
        var status = scope.getStatus();
        var entries = status == null ? List.<SecretEntryStatus>of() : status.entries();
        var trunk = branch(
                scope,
                status == null ? List.of() : status.conditions(),
                entries.isEmpty() ? "" : ScopeSummary.of(entries));
        return new Branch(
                trunk.what(),
                trunk.word(),
                trunk.style(),
                trunk.why(),
                entries.stream()
                        .filter(it -> !ScopeSummary.isAtRest(it))
                        .map(StatusTree::entry)
                        .toList());
    }

    private static Branch entry(SecretEntryStatus entry) {
        var behind = entry.consumers().stream()
                .filter(it -> !EntryReport.CURRENT.equals(it.state()))
                .map(SecretConsumer::workload)
                .toList();
        return new Branch(
                entry.version() == null ? entry.name() : "%s, version %s".formatted(entry.name(), entry.version()),
                behind.isEmpty()
                        ? entry.phase()
                        : "%s, not yet in %s".formatted(entry.phase(), String.join(", ", behind)),
                ScopeSummary.isTrouble(entry) ? Style.fg_red : Style.fg_yellow,
                Objects.requireNonNullElse(entry.message(), ""));
    }

    private static String pods(@Nullable WorkloadStatus status) {
        return status == null || Objects.requireNonNullElse(status.replicas(), 0) == 0
                ? ""
                : "%d/%d pods".formatted(Objects.requireNonNullElse(status.readyReplicas(), 0), status.replicas());
    }

    private static String where(@Nullable EnvironmentStatus status) {
        return status == null || status.cluster() == null ? "" : "on cluster " + status.cluster();
    }

    private static Branch branch(HasMetadata resource, List<Condition> conditions, String more) {
        var what = "%s %s".formatted(resource.getKind(), resource.getMetadata().getName());
        var full = more.isEmpty() ? what : what + ", " + more;
        var standing = conditions.stream()
                .filter(it -> STANDINGS.contains(it.getType()) && "True".equals(it.getStatus()))
                .findFirst();
        if (standing.filter(it -> isCurrent(it, resource)).isEmpty()) {
            return new Branch(
                    full,
                    "not seen yet",
                    Style.fg_yellow,
                    standing.isEmpty()
                            ? "No operator has said anything of it. Is one running?"
                            : "What was said is about an older version of it");
        }
        var it = standing.get();
        return it.getType().equals(Conditions.READY) && it.getReason().equals(Conditions.READY)
                ? new Branch(full, Conditions.READY, Style.fg_green, "")
                : new Branch(full, "%s (%s)".formatted(it.getType(), it.getReason()), style(it), it.getMessage());
    }

    private static boolean isCurrent(Condition standing, HasMetadata resource) {
        return Optional.ofNullable(standing.getObservedGeneration())
                .filter(it -> it.equals(resource.getMetadata().getGeneration()))
                .isPresent();
    }

    private static Style style(Condition standing) {
        return switch (standing.getType()) {
            case Conditions.READY -> Style.fg_green;
            case Conditions.RECONCILING -> Style.fg_yellow;
            default -> Style.fg_red;
        };
    }

    private void write(Branch branch, String first, String next, StringBuilder page) {
        page.append(first)
                .append(branch.what())
                .append(": ")
                .append(ansi.enabled() ? branch.style().on() + branch.word() + Style.reset.on() : branch.word())
                .append('\n');
        branch.why()
                .lines()
                .forEach(it -> page.append(next).append("     ").append(it).append('\n'));
        for (var twig : branch.twigs()) {
            var last = twig == branch.twigs().getLast();
            write(twig, next + (last ? "└─ " : "├─ "), next + (last ? "   " : "│  "), page);
        }
    }

    private static <T extends HasMetadata> Stream<T> inOrder(List<T> resources) {
        return resources.stream()
                .sorted(Comparator.comparing(it -> it.getMetadata().getName()));
    }
}
