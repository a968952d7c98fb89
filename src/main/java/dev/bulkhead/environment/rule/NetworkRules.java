package dev.bulkhead.environment.rule;

import dev.bulkhead.api.v1alpha1.AllowedEdge;
import dev.bulkhead.api.v1alpha1.EgressEdge;
import dev.bulkhead.api.v1alpha1.EgressTarget;
import dev.bulkhead.api.v1alpha1.NetworkPolicySet;
import dev.bulkhead.api.v1alpha1.NetworkPolicySetSpec;
import dev.bulkhead.api.v1alpha1.PortTarget;
import dev.bulkhead.api.v1alpha1.Protocol;
import dev.bulkhead.api.v1alpha1.WorkloadPeer;
import dev.bulkhead.network.EgressLimit;
import dev.bulkhead.status.Reason;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a NetworkPolicySet may not open, and whom it names that isn't there. */
public final class NetworkRules {

    private final Surroundings around;
    private final NetworkPolicySetSpec spec;
    private final EgressLimit limit;

    public NetworkRules(Surroundings around, NetworkPolicySet set) {
        this.around = around;
        this.spec = set.getSpec();
        this.limit = EgressLimit.of(around.environmentClass().egress());
    }

    public List<Finding> check() {
        return Stream.of(
                        each("spec.allow", spec.allow(), this::allowed),
                        new EdgeRules(around, spec.allow()).check(),
                        each("spec.egress", spec.egress(), this::egress),
                        ingress(),
                        webhooks(),
                        apiServer())
                .flatMap(findings -> findings)
                .toList();
    }

    private Stream<Finding> allowed(String where, AllowedEdge edge) {
        return Stream.concat(callers(where + ".from", edge.from()), target(where + ".to", edge.to()));
    }

    private Stream<Finding> egress(String where, EgressEdge edge) {
        return Stream.of(
                        callers(where + ".from", edge.from()),
                        target(where + ".to", edge.to()),
                        edge.ports().isEmpty()
                                ? Finding.of(Reason.PortUnknown, "%s.ports: no port is named. Name at least one", where)
                                : Stream.<Finding>empty())
                .flatMap(findings -> findings);
    }

    private Stream<Finding> target(String where, EgressTarget to) {
        var cidr = to.cidr();
        return cidr == null
                ? each(where + ".domains", to.domains(), this::domain)
                : Stream.of(
                                block(where + ".cidr", cidr),
                                to.except().stream().flatMap(except -> inside(where + ".except", except, cidr)),
                                ofTheCluster(where + ".cidr", to))
                        .flatMap(findings -> findings);
    }

    private Stream<Finding> ofTheCluster(String where, EgressTarget to) {
        var inside = EgressLimit.reaching(to, around.insideOfTheCluster()).toList();
        // Who may not go so far at all has no use for exceptions.
        return inside.isEmpty() || !limit.allows(to)
                ? Stream.empty()
                : Finding.of(
                        Reason.EgressNotAllowed,
                        "%s: %s has addresses of the cluster itself in it: %s. Inside, edges name workloads, or what spec.platform"
                                + " has. Choose a smaller block, or add these to except",
                        where,
                        to.cidr(),
                        Surroundings.names(inside.stream()));
    }

    private Stream<Finding> domain(String where, String domain) {
        return limit.allowsHost(domain)
                ? Stream.empty()
                : Finding.of(
                        Reason.EgressNotAllowed,
                        "%s: EnvironmentClass %s doesn't let environments reach %s, but: %s. Name another, or ask for another"
                                + " class",
                        where,
                        around.className(),
                        domain,
                        Surroundings.names(limit.hosts().stream()));
    }

    private Stream<Finding> block(String where, String cidr) {
        if (EgressLimit.address(cidr).isEmpty()) {
            return Finding.of(
                    Reason.EgressNotAllowed,
                    "%s: %s isn't a block of addresses. Write it like 203.0.113.0/24",
                    where,
                    cidr);
        }
        return limit.allowsCidr(cidr)
                ? Stream.empty()
                : Finding.of(
                        Reason.EgressNotAllowed,
                        "%s: %s reaches further than EnvironmentClass %s allows, which is: %s. Choose a smaller block, or ask for "
                                + "another class",
                        where,
                        cidr,
                        around.className(),
                        Surroundings.names(limit.cidrs().stream()));
    }

    private static Stream<Finding> inside(String where, String except, String cidr) {
        return new EgressLimit(List.of(cidr), List.of()).allowsCidr(except)
                ? Stream.empty()
                : Finding.of(
                        Reason.EgressNotAllowed,
                        "%s: %s isn't inside %s, and excepts nothing. Correct it, or take it away",
                        where,
                        except,
                        cidr);
    }

    private Stream<Finding> ingress() {
        var platform = spec.platform();
        return platform == null || platform.ingress() == null
                ? Stream.empty()
                : each("spec.platform.ingress.to", platform.ingress().to(), this::target);
    }

    private Stream<Finding> webhooks() {
        var platform = spec.platform();
        return platform == null || platform.webhooks() == null
                ? Stream.empty()
                : each(
                        "spec.platform.webhooks.to",
                        platform.webhooks().to(),
                        (where, to) -> Stream.concat(target(where, to), overTcp(where, to)));
    }

    private Stream<Finding> overTcp(String where, PortTarget to) {
        return around.workload(to.workload()).stream()
                .flatMap(workload -> workload.getSpec().ports().stream())
                .filter(port -> port.name().equals(to.port()) && port.protocol() != Protocol.TCP)
                .flatMap(port -> Finding.of(
                        Reason.EdgeContradictory,
                        "%s: the API server calls by TCP, and port %s is %s. Name another, or take it away",
                        where,
                        port.name(),
                        port.protocol()));
    }

    private Stream<Finding> apiServer() {
        var platform = spec.platform();
        return platform == null || platform.apiServer() == null
                ? Stream.empty()
                : callers("spec.platform.apiServer.from", platform.apiServer().from());
    }

    private Stream<Finding> target(String where, PortTarget target) {
        return WorkloadRules.target(around, where, target.workload(), target.port());
    }

    private Stream<Finding> callers(String where, List<WorkloadPeer> callers) {
        return each(
                where,
                callers,
                (at, caller) -> around.workload(caller.workload()).isPresent()
                        ? Stream.empty()
                        : Finding.of(
                                Reason.WaitingForWorkload,
                                "%s: there is no workload %s in environment %s. Add it, or take it away here",
                                at,
                                caller.workload(),
                                around.environment().name()));
    }

    private static <T> Stream<Finding> each(String where, List<T> items, BiFunction<String, T, Stream<Finding>> rule) {
        return IntStream.range(0, items.size())
                .boxed()
                .flatMap(index -> rule.apply("%s[%d]".formatted(where, index), items.get(index)));
    }
}
