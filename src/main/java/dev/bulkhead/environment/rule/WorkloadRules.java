package dev.bulkhead.environment.rule;

import dev.bulkhead.api.v1alpha1.Call;
import dev.bulkhead.api.v1alpha1.Probe;
import dev.bulkhead.api.v1alpha1.Probes;
import dev.bulkhead.api.v1alpha1.Requirement;
import dev.bulkhead.api.v1alpha1.SecretEntryRef;
import dev.bulkhead.api.v1alpha1.Workload;
import dev.bulkhead.api.v1alpha1.WorkloadPort;
import dev.bulkhead.api.v1alpha1.WorkloadSpec;
import dev.bulkhead.network.EgressLimit;
import dev.bulkhead.status.Reason;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a Workload may not ask for, and what it needs that isn't there. */
public final class WorkloadRules {

    /** Every namespace has a ServiceAccount and a ConfigMap of these names already. */
    private static final Set<String> RESERVED = Set.of("default", "kube-root-ca");

    /** A Stateful workload's pods are found by a Service of this name. */
    private static final String RESERVED_SUFFIX = "-headless";

    /** What spec.name is held to by the API server; without it metadata.name stands in, which may be more. */
    private static final Pattern NAME = Pattern.compile("[a-z]([-a-z0-9]*[a-z0-9])?");

    private static final int LONGEST = 52;

    private static final Pattern DIGEST = Pattern.compile(".+@sha256:[0-9a-f]{64}");

    private final Surroundings around;
    private final Workload workload;
    private final WorkloadSpec spec;

    public WorkloadRules(Surroundings around, Workload workload) {
        this.around = around;
        this.workload = workload;
        this.spec = workload.getSpec();
    }

    public List<Finding> check() {
        return Stream.of(name(), namespace(), image(), probes(), calls(), variables(), mounts(), traffic())
                .flatMap(findings -> findings)
                .toList();
    }

    private Stream<Finding> name() {
        var name = workload.name();
        if (RESERVED.contains(name) || name.endsWith(RESERVED_SUFFIX)) {
            return Finding.of(
                    Reason.NameReserved,
                    "spec.name: %s is a name that Kubernetes or Bulkhead uses itself. Choose another",
                    name);
        }
        if (name.length() > LONGEST || !NAME.matcher(name).matches()) {
            return Finding.of(
                    Reason.NameInvalid,
                    "metadata.name: %s can't name a Service and what else is made for it. Set spec.name, to at most %d "
                            + "lower-case letters, digits and -, the first of them a letter",
                    name,
                    LONGEST);
        }
        return around
                .workload(name)
                .filter(owner -> !owner.getMetadata()
                        .getName()
                        .equals(workload.getMetadata().getName()))
                .stream()
                .flatMap(owner -> Finding.of(
                        Reason.NameTaken,
                        "spec.name: Workload %s is called %s in this environment already, and is older. Choose another name",
                        owner.getMetadata().getName(),
                        name));
    }

    private Stream<Finding> namespace() {
        return around.namespaces().contains(spec.targetNamespace())
                ? Stream.empty()
                : Finding.of(
                        Reason.NamespaceUnknown,
                        "spec.targetNamespace: environment %s has no namespace %s. Choose one of: %s",
                        around.environment().name(),
                        spec.targetNamespace(),
                        Surroundings.names(around.namespaces().stream()));
    }

    private Stream<Finding> image() {
        if (spec.deliveredByOthers()) {
            return Stream.empty();
        }
        var image = spec.image();
        return image == null || image.isBlank()
                ? Finding.of(
                        Reason.ImageMissing,
                        "spec.image: nothing says what runs. Set it, or set spec.selector when somebody else delivers the pods")
                : Stream.concat(registry(image), digest(image));
    }

    private Stream<Finding> registry(String image) {
        var registries = around.environmentClass().registries();
        return registries.isEmpty() || registries.stream().anyMatch(registry -> image.startsWith(registry + "/"))
                ? Stream.empty()
                : Finding.of(
                        Reason.ImageNotAllowed,
                        "spec.image: %s doesn't come from a registry that EnvironmentClass %s allows. Use one from: %s",
                        image,
                        around.className(),
                        Surroundings.names(registries.stream()));
    }

    private Stream<Finding> digest(String image) {
        return around.environmentClass().imageDigest() == Requirement.Optional
                        || DIGEST.matcher(image).matches()
                ? Stream.empty()
                : Finding.of(
                        Reason.DigestRequired,
                        "spec.image: EnvironmentClass %s wants images by digest, and %s names none. Append @sha256:…",
                        around.className(),
                        image);
    }

    private Stream<Finding> probes() {
        var probes = spec.probes() == null ? new Probes(null, null, null) : spec.probes();
        return Stream.of(
                        probe("startup", probes.startup()),
                        probe("readiness", probes.readiness()),
                        probe("liveness", probes.liveness()))
                .flatMap(findings -> findings);
    }

    private Stream<Finding> probe(String kind, @Nullable Probe probe) {
        return ports(probe)
                .filter(port -> !declares(spec, port))
                .flatMap(port -> Finding.of(
                        Reason.PortUnknown,
                        "spec.probes.%s: there is no port %s. Add it to spec.ports, or use one of: %s",
                        kind,
                        port,
                        portNames(spec)));
    }

    private static Stream<String> ports(@Nullable Probe probe) {
        if (probe == null) {
            return Stream.empty();
        }
        return Stream.of(
                        probe.httpGet() == null
                                ? Stream.<String>empty()
                                : Stream.of(probe.httpGet().port()),
                        probe.tcpSocket() == null
                                ? Stream.<String>empty()
                                : Stream.of(probe.tcpSocket().port()),
                        probe.grpc() == null
                                ? Stream.<String>empty()
                                : Stream.of(probe.grpc().port()))
                .flatMap(port -> port);
    }

    private Stream<Finding> calls() {
        return IntStream.range(0, spec.calls().size()).boxed().flatMap(index -> {
            var where = "spec.calls[%d]".formatted(index);
            var call = spec.calls().get(index);
            return call.workload() == null
                    ? host(where, call)
                    : target(around, where, call.workload(), call.port().getStrVal());
        });
    }

    private Stream<Finding> host(String where, Call call) {
        var host = call.host() == null ? "" : call.host();
        if (call.port().getIntVal() == null) {
            return Finding.of(Reason.PortUnknown, "%s.port: the port of a host is a number. Write it", where);
        }
        return EgressLimit.of(around.environmentClass().egress()).allowsHost(host)
                ? Stream.empty()
                : Finding.of(
                        Reason.EgressNotAllowed,
                        "%s.host: EnvironmentClass %s doesn't allow calls to %s. Ask the platform team to add it to the class's "
                                + "spec.egress.hosts",
                        where,
                        around.className(),
                        host);
    }

    /** Whether a workload and its port are there to be called. */
    static Stream<Finding> target(Surroundings around, String where, String name, @Nullable String port) {
        var target = around.workload(name);
        if (target.isEmpty()) {
            return Finding.of(
                    Reason.WaitingForWorkload,
                    "%s: there is no workload %s in environment %s. Add it, or name another",
                    where,
                    name,
                    around.environment().name());
        }
        var ports = target.get().getSpec();
        return port != null && declares(ports, port)
                ? Stream.empty()
                : Finding.of(
                        Reason.WaitingForPort,
                        "%s: workload %s has no port %s. Add it there, or name one of: %s",
                        where,
                        name,
                        port == null ? "with a number; ports of workloads are meant by name" : port,
                        portNames(ports));
    }

    private Stream<Finding> traffic() {
        return new TrafficRules(around, workload).check();
    }

    private Stream<Finding> variables() {
        return IntStream.range(0, spec.env().size()).boxed().flatMap(index -> {
            var reference = spec.env().get(index).secretRef();
            return reference == null ? Stream.empty() : secret("spec.env[%d].secretRef".formatted(index), reference);
        });
    }

    private Stream<Finding> mounts() {
        return IntStream.range(0, spec.secrets().size())
                .boxed()
                .flatMap(index -> entry(
                        "spec.secrets[%d]".formatted(index),
                        spec.secrets().get(index).entry()));
    }

    private Stream<Finding> secret(String where, SecretEntryRef reference) {
        var keys = around.entry(reference.entry())
                .flatMap(around::published)
                .orElse(new TreeSet<>(Set.of(reference.key())));
        var key = keys.contains(reference.key())
                ? Stream.<Finding>empty()
                : Finding.of(
                        Reason.WaitingForSecret,
                        "%s: secret entry %s has no key %s. Use %s",
                        where,
                        reference.entry(),
                        reference.key(),
                        String.join(", ", keys));
        return Stream.concat(entry(where, reference.entry()), key);
    }

    private Stream<Finding> entry(String where, String name) {
        var entry = around.entry(name);
        if (entry.isEmpty()) {
            return around.departed(name)
                    .map(scope -> Finding.of(
                            Reason.WaitingForSecret,
                            "%s: SecretScope %s had entry %s, and was deleted. Apply it again, or take the entry away"
                                    + " here",
                            where,
                            scope,
                            name))
                    .orElseGet(() -> Finding.of(
                            Reason.WaitingForSecret,
                            "%s: no SecretScope of environment %s has an entry %s. Add it to one, or take it away here",
                            where,
                            around.environment().name(),
                            name));
        }
        return around.isThere(entry.get())
                ? Stream.empty()
                : Finding.of(
                        Reason.WaitingForSecret,
                        "%s: the value of secret entry %s isn't there yet. See SecretScope %s",
                        where,
                        name,
                        around.scopeOf(name)
                                .map(scope -> scope.getMetadata().getName())
                                .orElse(""));
    }

    private static boolean declares(WorkloadSpec spec, String port) {
        return spec.ports().stream().map(WorkloadPort::name).anyMatch(port::equals);
    }

    private static String portNames(WorkloadSpec spec) {
        return Surroundings.names(spec.ports().stream().map(WorkloadPort::name));
    }
}
