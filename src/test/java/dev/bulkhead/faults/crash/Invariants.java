package dev.bulkhead.faults.crash;

import dev.bulkhead.kube.Audit;
import dev.bulkhead.kube.AuditRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What holds whatever happens, each as a list of sentences about where it doesn't. Judged by the API server's audit log
 * and by watches, never by what the operator says of itself.
 */
final class Invariants {

    private static final Pattern UID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    /** Vert.x, the client's cached pool, whose threads end after a minute, and what the JVM and Awaitility share. */
    private static final Pattern OF_THE_CLIENT =
            Pattern.compile("vert\\.x-|vertx-|-?\\d+-pool-|ForkJoinPool|awaitility|CompletableFutureDelay");

    private static final Set<String> OWN_NAMESPACE = Set.of("configmaps", "secrets", "namespaces");
    private static final Set<String> HUB = Set.of("events", "controllerrevisions");
    private static final Set<String> OUR_KINDS =
            Set.of("environments", "workloads", "networkpolicysets", "secretscopes", "operations");
    private static final Set<String> CLUSTER_KINDS = Set.of("environmentclasses", "targetclusters");

    private Invariants() {}

    /** Everything is made and removed as often as without a fault. An Event may be said again: it is words. */
    static List<String> sameCounts(List<AuditRequest> undisturbed, List<AuditRequest> found) {
        return counts(undisturbed, found, Object::equals);
    }

    /** Nothing is made or removed more often than without a fault. */
    static List<String> notMoreOften(List<AuditRequest> undisturbed, List<AuditRequest> found) {
        return counts(undisturbed, found, (expected, actual) -> actual <= expected);
    }

    private static List<String> counts(
            List<AuditRequest> undisturbed, List<AuditRequest> found, BiPredicate<Long, Long> right) {
        var expected = counts(undisturbed);
        var actual = counts(found);
        var all = new TreeSet<>(expected.keySet());
        all.addAll(actual.keySet());
        return all.stream()
                .filter(it -> !right.test(expected.getOrDefault(it, 0L), actual.getOrDefault(it, 0L)))
                .map(it -> "I3: %s: %d times, and %d times without a fault"
                        .formatted(it, actual.getOrDefault(it, 0L), expected.getOrDefault(it, 0L)))
                .toList();
    }

    /** A namespace that is on its way out already may be told to go once more: that changes nothing. */
    private static Map<String, Long> counts(List<AuditRequest> requests) {
        var leaving = new HashSet<String>();
        return writes(requests)
                .filter(it ->
                        !it.resource().equals("namespaces") || !it.verb().equals("delete") || leaving.add(it.name()))
                .filter(it -> !it.resource().equals("events"))
                .flatMap(it -> it.code() == 201
                        ? Stream.of("create " + anonymous(it))
                        : it.verb().equals("delete") && it.code() < 300
                                ? Stream.of("delete " + anonymous(it))
                                : Stream.empty())
                .collect(Collectors.groupingBy(it -> it, TreeMap::new, Collectors.counting()));
    }

    /** The same object of another hub namespace has the same name here, and so has the same version of a secret. */
    private static String anonymous(AuditRequest request) {
        var name = request.name().startsWith("inventory-")
                ? "inventory"
                : EndState.ROTATED.matcher(request.name()).replaceAll("$1");
        return UID.matcher("%s %s/%s"
                        .formatted(
                                request.resource(),
                                withoutHub(request.namespace()),
                                request.resource().equals("namespaces") ? withoutHub(name) : name))
                .replaceAll("UID");
    }

    private static String withoutHub(String namespace) {
        return namespace.equals("bulkhead-system")
                ? namespace
                : namespace.replaceFirst("^(bulkhead-vault-)?[^-]+", "$1HUB");
    }

    /** It writes what it owns: its environments' namespaces, its own, and words in the hub. */
    static List<String> insideTheFence(List<AuditRequest> requests, Set<String> hubs) {
        return writes(requests)
                .filter(it -> !isInside(it, hubs))
                .map(it -> "I4: %s %s%s %s/%s is not the operator's to write"
                        .formatted(
                                it.verb(),
                                it.resource(),
                                it.subresource().isEmpty() ? "" : "/" + it.subresource(),
                                it.namespace(),
                                it.name()))
                .toList();
    }

    private static boolean isInside(AuditRequest request, Set<String> hubs) {
        if (request.namespace().equals("bulkhead-system")) {
            return OWN_NAMESPACE.contains(request.resource())
                    && (request.name().isEmpty()
                            || request.name().startsWith("inventory-")
                            || request.name().equals("bulkhead-hub")
                            || request.name().equals("bulkhead-system"));
        }
        if (request.resource().equals("namespaces") && request.name().startsWith("bulkhead-vault-")) {
            return hubs.contains(Hubs.of(request.name()));
        }
        if (request.namespace().isEmpty()) {
            return CLUSTER_KINDS.contains(request.resource())
                    && request.subresource().equals("status");
        }
        var space = request.resource().equals("namespaces") && !request.name().isEmpty()
                ? request.name()
                : request.namespace();
        if (hubs.contains(space)) {
            // A finalizer is on the object itself.
            return HUB.contains(request.resource())
                    || OUR_KINDS.contains(request.resource())
                            && (request.subresource().equals("status")
                                    || request.verb().equals("patch")
                                    || request.verb().equals("update"));
        }
        return space.contains("-")
                && hubs.contains(Hubs.of(space))
                && request.subresource().isEmpty();
    }

    /** Nothing to do means no write. */
    static List<String> quiet(List<AuditRequest> requests) {
        return writes(requests)
                .map(it -> "I5: %s %s %s/%s while nothing happened"
                        .formatted(it.verb(), it.resource(), it.namespace(), it.name()))
                .toList();
    }

    /** Nothing of an older generation comes after something of a newer one. */
    static List<String> neverBackwards(List<Seen> history) {
        return history.stream().filter(it -> it.kind().equals("Deployment")).collect(byKey()).values().stream()
                .flatMap(versions -> Stream.iterate(1, it -> it < versions.size(), it -> it + 1)
                        .filter(it -> !versions.get(it).gone()
                                && !versions.get(it - 1).gone())
                        .filter(it -> versions.get(it).revision()
                                < versions.get(it - 1).revision())
                        .map(it -> "I6: %s went from revision %d back to %d"
                                .formatted(
                                        versions.get(it).key(),
                                        versions.get(it - 1).revision(),
                                        versions.get(it).revision())))
                .toList();
    }

    /** An environment that takes its namespaces along outlives them. */
    static List<String> childrenGoFirst(List<Seen> history) {
        var namespaces = history.stream()
                .filter(it -> it.kind().equals("Namespace") && it.name().contains("-"))
                .collect(byKey());
        return history.stream()
                .filter(it -> it.kind().equals("Environment") && it.gone())
                .flatMap(environment -> namespaces.values().stream()
                        .filter(versions -> versions.getFirst().at() < environment.at())
                        .filter(versions -> versions.getFirst()
                                .name()
                                .startsWith(environment.namespace() + "-" + environment.name() + "-"))
                        .filter(versions -> last(versions, environment.at())
                                .filter(Seen::gone)
                                .isEmpty())
                        .map(versions -> "I8: %s left before %s"
                                .formatted(
                                        environment.key(), versions.getFirst().key())))
                .toList();
    }

    /** A secret's value is in no text. */
    static List<String> nothingTold(String secret, Map<String, String> texts) {
        var encoded = Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8));
        return texts.entrySet().stream()
                .filter(it -> it.getValue().contains(secret) || it.getValue().contains(encoded))
                .map(it -> "I9: %s holds a secret's value".formatted(it.getKey()))
                .toList();
    }

    /** A fault costs at most another round of requests. */
    static List<String> bounded(List<AuditRequest> undisturbed, List<AuditRequest> found) {
        var expected = writes(undisturbed).count();
        var actual = writes(found).count();
        return actual <= 2 * expected + 10
                ? List.of()
                : List.of("I11: %d writes, and %d without a fault".formatted(actual, expected));
    }

    /** Who says Ready for a generation has that generation, or a newer one, in the cluster at that moment. */
    static List<String> truthful(List<Seen> history) {
        var deployments = history.stream()
                .filter(it -> it.kind().equals("Deployment"))
                .collect(Collectors.groupingBy(Seen::name, sorted()));
        var workloads =
                history.stream().filter(it -> it.kind().equals("Workload")).toList();
        return workloads.stream()
                .filter(it -> it.readyFor() > 0 && !it.gone())
                .flatMap(workload -> {
                    var promised = workloads.stream()
                            .filter(it -> it.key().equals(workload.key()) && it.generation() == workload.readyFor())
                            .filter(it -> it.revision() > 0)
                            .findFirst();
                    var live = last(deployments.getOrDefault(workload.name(), List.of()), workload.at());
                    return promised.isPresent()
                                    && live.filter(it -> !it.gone()
                                                    && it.revision()
                                                            >= promised.get().revision())
                                            .isEmpty()
                            ? Stream.of("I12: %s called generation %d Ready, and revision %d was not there"
                                    .formatted(
                                            workload.key(),
                                            workload.readyFor(),
                                            promised.get().revision()))
                            : Stream.empty();
                })
                .distinct()
                .toList();
    }

    /** The threads that are left of operators that have ended. The client is the caller's, and so are its threads. */
    static List<String> noThreadsLeft(Set<Thread> before, Set<Thread> after) {
        return after.stream()
                .filter(it -> it.isAlive() && !before.contains(it))
                .filter(it -> !OF_THE_CLIENT.matcher(it.getName()).lookingAt())
                .map(it -> "I13: thread %s is left".formatted(it.getName()))
                .toList();
    }

    private static Stream<AuditRequest> writes(List<AuditRequest> requests) {
        return requests.stream()
                .filter(it -> it.userAgent().equals(Audit.OPERATOR))
                .filter(it -> it.isWrite() && !it.isLease());
    }

    private static Collector<Seen, ?, Map<String, List<Seen>>> byKey() {
        return Collectors.groupingBy(Seen::key, sorted());
    }

    private static Collector<Seen, ?, List<Seen>> sorted() {
        return Collectors.collectingAndThen(
                Collectors.toList(),
                it -> it.stream().sorted(Comparator.comparingLong(Seen::at)).toList());
    }

    private static Optional<Seen> last(List<Seen> versions, long at) {
        return versions.stream().filter(it -> it.at() <= at).reduce((_, later) -> later);
    }
}
