package dev.bulkhead.environment.rule;

import dev.bulkhead.api.v1alpha1.Canary;
import dev.bulkhead.api.v1alpha1.CanaryMetric;
import dev.bulkhead.api.v1alpha1.RateLimit;
import dev.bulkhead.api.v1alpha1.Traffic;
import dev.bulkhead.api.v1alpha1.TrafficBackend;
import dev.bulkhead.api.v1alpha1.TrafficRoute;
import dev.bulkhead.api.v1alpha1.Workload;
import dev.bulkhead.api.v1alpha1.WorkloadPort;
import dev.bulkhead.api.v1alpha1.WorkloadSpec;
import dev.bulkhead.apply.Kind;
import dev.bulkhead.network.OutboundHttp;
import dev.bulkhead.status.Reason;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a workload can't have said about the way to it: what nothing would carry out, and what contradicts itself. */
final class TrafficRules {

    /** Nobody calls it by the Service. */
    private static final String METRICS_PORT = "metrics";

    private final Surroundings around;
    private final Workload workload;
    private final WorkloadSpec spec;

    TrafficRules(Surroundings around, Workload workload) {
        this.around = around;
        this.workload = workload;
        this.spec = workload.getSpec();
    }

    Stream<Finding> check() {
        var traffic = spec.traffic();
        if (traffic == null) {
            return Stream.empty();
        }
        return Stream.of(
                        mesh(),
                        served(traffic),
                        profiled(traffic),
                        each("spec.traffic.routes", traffic.routes(), this::route),
                        repeated(traffic.routes()),
                        requests(traffic),
                        traffic.rateLimit() == null ? Stream.<Finding>empty() : rateLimit(traffic.rateLimit()),
                        traffic.canary() == null ? Stream.<Finding>empty() : canary(traffic.canary()))
                .flatMap(findings -> findings);
    }

    private Stream<Finding> mesh() {
        if (!around.meshes(spec)) {
            return Finding.of(
                    Reason.MeshMissing,
                    "spec.traffic: the proxies of a mesh carry this out, and the pods of %s get none. Give the environment a mesh,"
                            + " or take traffic away",
                    workload.name());
        }
        return around.offers().lacks(Kind.SERVER.apiVersion(), Kind.SERVER.kind())
                ? Finding.of(
                        Reason.MeshMissing,
                        "spec.traffic: the proxies of Linkerd carry this out, and the cluster has none. Install it there, or take"
                                + " traffic away")
                : Stream.empty();
    }

    private Stream<Finding> served(Traffic traffic) {
        return Stream.of(
                        traffic.routes().isEmpty()
                                ? Stream.<Finding>empty()
                                : served("spec.traffic.routes", Kind.HTTP_ROUTE, "the Gateway API"),
                        traffic.rateLimit() == null
                                ? Stream.<Finding>empty()
                                : served("spec.traffic.rateLimit", Kind.HTTP_LOCAL_RATE_LIMIT_POLICY, "Linkerd 2.17"),
                        traffic.canary() == null
                                ? Stream.<Finding>empty()
                                : Stream.concat(
                                        served("spec.traffic.canary", Kind.CANARY, "Flagger"),
                                        served("spec.traffic.canary", Kind.HTTP_ROUTE, "the Gateway API")))
                .flatMap(findings -> findings);
    }

    private Stream<Finding> served(String where, Kind kind, String whose) {
        return around.offers().lacks(kind.apiVersion(), kind.kind())
                ? Finding.of(
                        Reason.KindsMissing,
                        "%s: the cluster serves no %s %s. Install %s there, or take this away",
                        where,
                        kind.apiVersion(),
                        kind.kind(),
                        whose)
                : Stream.empty();
    }

    /** Linkerd passes over routes and annotations of a Service that has one. */
    private Stream<Finding> profiled(Traffic traffic) {
        return around.profile(workload).stream().flatMap(profile -> Stream.of(
                        Optional.of(traffic.routes())
                                .filter(it -> !it.isEmpty())
                                .map(_ -> "routes"),
                        Optional.ofNullable(traffic.retries()).map(_ -> "retries"),
                        Optional.ofNullable(traffic.timeouts()).map(_ -> "timeouts"),
                        Optional.ofNullable(traffic.circuitBreaking()).map(_ -> "circuitBreaking"),
                        Optional.ofNullable(traffic.canary()).map(_ -> "canary"))
                .flatMap(Optional::stream)
                .flatMap(field -> impossible(
                        "spec.traffic." + field,
                        "the mesh passes over this as long as there is a ServiceProfile %s. Remove that, or take this"
                                + " away",
                        profile)));
    }

    private Stream<Finding> route(String where, TrafficRoute route) {
        return Stream.concat(
                speaksHttp(where + ".port", route.port()),
                each(
                        where + ".backends",
                        route.backends(),
                        (at, backend) -> Stream.concat(
                                WorkloadRules.target(around, at, backend.workload(), route.port()),
                                around.workload(backend.workload()).stream()
                                        .flatMap(target -> backend(at, target, backend)))));
    }

    private Stream<Finding> backend(String where, Workload target, TrafficBackend backend) {
        if (target.getSpec().deliveredByOthers()) {
            return impossible(
                    where,
                    "somebody else delivers workload %s, and there is no Service of ours to send requests to. Name one that"
                            + " Bulkhead runs",
                    backend.workload());
        }
        return target.getSpec().targetNamespace().equals(spec.targetNamespace())
                ? Stream.empty()
                : impossible(
                        where,
                        "workload %s is in namespace %s, and requests are only shared out inside one, which is %s here. Move it"
                                + " there, or name another",
                        backend.workload(),
                        target.getSpec().targetNamespace(),
                        spec.targetNamespace());
    }

    /** The second would never get a request. */
    private static Stream<Finding> repeated(List<TrafficRoute> routes) {
        return IntStream.range(0, routes.size()).boxed().flatMap(index -> IntStream.range(0, index)
                .filter(earlier -> SameRequests.are(routes.get(earlier), routes.get(index)))
                .boxed()
                .limit(1)
                .flatMap(earlier -> impossible(
                        "spec.traffic.routes[%d]".formatted(index),
                        "it is for the same requests as spec.traffic.routes[%d]. Put their backends into one",
                        earlier)));
    }

    /** What is said of requests is for all ports; it must mean something for one. */
    private Stream<Finding> requests(Traffic traffic) {
        if (spec.ports().stream().anyMatch(OutboundHttp::isSeenIn)) {
            return Stream.empty();
        }
        return Stream.of(
                        Optional.ofNullable(traffic.retries()).map(_ -> "retries"),
                        Optional.ofNullable(traffic.timeouts()).map(_ -> "timeouts"),
                        Optional.ofNullable(traffic.circuitBreaking()).map(_ -> "circuitBreaking"),
                        Optional.ofNullable(traffic.rateLimit()).map(_ -> "rateLimit"))
                .flatMap(Optional::stream)
                .flatMap(field -> impossible(
                        "spec.traffic." + field,
                        "none of the ports of %s speaks HTTP, so that there are no requests in what comes: %s. Set the"
                                + " appProtocol of one to http or kubernetes.io/h2c, or take this away",
                        workload.name(),
                        Surroundings.names(spec.ports().stream().map(WorkloadPort::name))));
    }

    private Stream<Finding> rateLimit(RateLimit limit) {
        return each("spec.traffic.rateLimit.overrides", limit.overrides(), (where, override) -> around.workload(
                        override.workload())
                .map(caller -> around.meshes(caller.getSpec())
                        ? Stream.<Finding>empty()
                        : impossible(
                                where,
                                "workload %s isn't in the mesh, and has no identity that its requests could be counted by."
                                        + " Put it there, or take this away",
                                override.workload()))
                .orElseGet(() -> Finding.of(
                        Reason.WaitingForWorkload,
                        "%s: there is no workload %s in environment %s. Add it, or take it away here",
                        where,
                        override.workload(),
                        around.environment().name())));
    }

    private Stream<Finding> canary(Canary canary) {
        return Stream.of(
                        speaksHttp("spec.traffic.canary.port", canary.port()),
                        otherPorts(canary),
                        each("spec.traffic.canary.metrics", canary.metrics(), this::template),
                        copy("-primary", "the version in use"),
                        copy("-canary", "the new version"))
                .flatMap(findings -> findings);
    }

    private Stream<Finding> otherPorts(Canary canary) {
        var others = spec.ports().stream()
                .map(WorkloadPort::name)
                .filter(name -> !name.equals(canary.port()) && !name.equals(METRICS_PORT))
                .toList();
        return others.isEmpty()
                ? Stream.empty()
                : impossible(
                        "spec.traffic.canary",
                        "Flagger makes a Service with the one port %s, so that nobody could call: %s. Put them into another"
                                + " workload, or take the canary away",
                        canary.port(),
                        Surroundings.names(others.stream()));
    }

    /** Flagger reads it with rights of its own, and asks with the credentials that it names. */
    private Stream<Finding> template(String where, CanaryMetric metric) {
        var namespace = metric.templateRef().namespace();
        var allowed = around.environmentClass().metricTemplateNamespaces();
        return namespace == null
                        || allowed.contains(namespace)
                        || around.targetNamespaces().anyMatch(namespace::equals)
                ? Stream.empty()
                : Finding.of(
                        Reason.MetricTemplateNotAllowed,
                        "%s.templateRef.namespace: %s isn't of this environment, nor does EnvironmentClass %s list it in"
                                + " metricTemplateNamespaces. Choose from: %s",
                        where,
                        namespace,
                        around.className(),
                        Surroundings.names(Stream.concat(allowed.stream(), around.targetNamespaces())));
    }

    private Stream<Finding> copy(String suffix, String what) {
        return around.workload(workload.name() + suffix).stream()
                .flatMap(other -> Finding.of(
                        Reason.NameTaken,
                        "spec.traffic.canary: Flagger calls %s %s, and Workload %s has that name. Rename one of the two",
                        what,
                        other.name(),
                        other.getMetadata().getName()));
    }

    private Stream<Finding> speaksHttp(String where, String name) {
        var port = spec.ports().stream().filter(it -> it.name().equals(name)).findFirst();
        if (port.isEmpty()) {
            return Finding.of(
                    Reason.PortUnknown,
                    "%s: there is no port %s. Add it to spec.ports, or use one of: %s",
                    where,
                    name,
                    Surroundings.names(spec.ports().stream().map(WorkloadPort::name)));
        }
        return OutboundHttp.isSeenIn(port.get())
                ? Stream.empty()
                : impossible(
                        where,
                        "callers' proxies see no HTTP in port %s, which is %s. Set its appProtocol to http or kubernetes.io/h2c, or"
                                + " take this away",
                        name,
                        port.get().appProtocol() == null
                                ? "%s %d"
                                        .formatted(
                                                port.get().protocol(),
                                                port.get().containerPort())
                                : "appProtocol " + port.get().appProtocol());
    }

    private static Stream<Finding> impossible(String where, String what, Object... values) {
        return Stream.of(new Finding(Reason.TrafficImpossible, "%s: %s".formatted(where, what.formatted(values))));
    }

    private static <T> Stream<Finding> each(String where, List<T> items, BiFunction<String, T, Stream<Finding>> rule) {
        return IntStream.range(0, items.size())
                .boxed()
                .flatMap(index -> rule.apply("%s[%d]".formatted(where, index), items.get(index)));
    }
}
