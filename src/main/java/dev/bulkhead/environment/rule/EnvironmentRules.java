package dev.bulkhead.environment.rule;

import dev.bulkhead.api.v1alpha1.AccessGrant;
import dev.bulkhead.api.v1alpha1.EnvironmentNamespace;
import dev.bulkhead.environment.Gathered;
import dev.bulkhead.environment.NamespacePattern;
import dev.bulkhead.network.LabelSelection;
import dev.bulkhead.status.Reason;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What an environment may not ask of its class. With any finding nothing is planned. */
public final class EnvironmentRules {

    private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");

    private final Gathered gathered;
    private final Surroundings around;

    public EnvironmentRules(Gathered gathered, Surroundings around) {
        this.gathered = gathered;
        this.around = around;
    }

    public List<Finding> check() {
        return Stream.of(hubNamespace(), cluster(), namespaceNames(), sameNames(), adoption(), quotas(), access())
                .flatMap(findings -> findings)
                .toList();
    }

    private Stream<Finding> hubNamespace() {
        var selector = around.environmentClass().hubNamespaces();
        return selector != null && LabelSelection.matches(selector, gathered.hubNamespaceLabels())
                ? Stream.empty()
                : Finding.of(
                        Reason.HubNamespaceNotAllowed,
                        "Namespace %s may not use EnvironmentClass %s: its labels don't match the class's spec.hubNamespaces. "
                                + "Ask the platform team to label the namespace, or name another class",
                        around.environment().namespace(),
                        around.className());
    }

    private Stream<Finding> cluster() {
        var allowed = around.environmentClass().clusters();
        return allowed.contains(gathered.cluster())
                ? Stream.empty()
                : Finding.of(
                        Reason.ClusterNotAllowed,
                        "EnvironmentClass %s doesn't allow cluster %s in spec.clusterRef. Choose one of: %s",
                        around.className(),
                        gathered.cluster(),
                        Surroundings.names(allowed.stream()));
    }

    private Stream<Finding> namespaceNames() {
        return indexed((index, namespace) -> {
            var name = target(namespace);
            if (name.length() > NamespacePattern.LONGEST) {
                return Finding.of(
                        Reason.NamespaceNameInvalid,
                        "spec.namespaces[%d].name: %s would be called %s, which is %d characters long and may be %d. "
                                + "Choose a shorter name for it, or for the environment",
                        index,
                        namespace.name(),
                        name,
                        name.length(),
                        NamespacePattern.LONGEST);
            }
            return DNS_LABEL.matcher(name).matches()
                    ? Stream.empty()
                    : Finding.of(
                            Reason.NamespaceNameInvalid,
                            "spec.namespaces[%d].name: %s would be called %s, which isn't a name of a namespace. "
                                    + "Use lower-case letters, digits and - in it, and in the name of the environment",
                            index,
                            namespace.name(),
                            name);
        });
    }

    private Stream<Finding> sameNames() {
        var namespaces = gathered.environment().getSpec().namespaces();
        return indexed((index, namespace) -> IntStream.range(0, index)
                .filter(before -> target(namespaces.get(before)).equals(target(namespace)))
                .boxed()
                .flatMap(before -> Finding.of(
                        Reason.NameTaken,
                        "spec.namespaces[%d] and spec.namespaces[%d] would both be called %s. Rename one",
                        before,
                        index,
                        target(namespace)))
                .limit(1));
    }

    private Stream<Finding> adoption() {
        var adoptable = around.environmentClass().adoptableNamespaces();
        return indexed((index, namespace) -> {
            var existing = namespace.existingName();
            if (existing != null && gathered.hubNamespaces().contains(existing)) {
                return Finding.of(
                        Reason.NamespaceNotAdoptable,
                        "spec.namespaces[%d].existingName: Environments are declared in namespace %s, so that it can't be "
                                + "part of one. Name another",
                        index,
                        existing);
            }
            return existing == null || adoptable.contains(existing)
                    ? Stream.empty()
                    : Finding.of(
                            Reason.NamespaceNotAdoptable,
                            "spec.namespaces[%d].existingName: EnvironmentClass %s doesn't list %s in adoptableNamespaces. "
                                    + "Ask the platform team to list it, or choose from: %s",
                            index,
                            around.className(),
                            existing,
                            Surroundings.names(adoptable.stream()));
        });
    }

    private Stream<Finding> quotas() {
        var ceilings = requests(around.environmentClass().ceilings());
        return indexed((index, namespace) -> requests(namespace.quota()).entrySet().stream()
                .filter(quota -> ceilings.containsKey(quota.getKey()))
                .filter(quota -> above(quota.getValue(), ceilings.get(quota.getKey())))
                .flatMap(quota -> Finding.of(
                        Reason.QuotaAboveCeiling,
                        "ResourceQuota %s in %s exceeds class %s: %s %s is over the ceiling %s. "
                                + "Lower spec.namespaces[%d].quota, or ask for another class",
                        namespace.name(),
                        target(namespace),
                        around.className(),
                        quota.getKey(),
                        quota.getValue(),
                        ceilings.get(quota.getKey()),
                        index)));
    }

    /** For a quota, {@code cpu} and {@code memory} are other words for the requests. */
    private static Map<String, Quantity> requests(Map<String, Quantity> quota) {
        var result = new TreeMap<String, Quantity>();
        quota.forEach((resource, quantity) -> result.put(
                resource.equals("cpu") || resource.equals("memory") ? "requests." + resource : resource, quantity));
        return result;
    }

    private static boolean above(Quantity quantity, Quantity ceiling) {
        return quantity.getNumericalAmount().compareTo(ceiling.getNumericalAmount()) > 0;
    }

    private Stream<Finding> access() {
        var grants = gathered.environment().getSpec().access();
        return IntStream.range(0, grants.size())
                .boxed()
                .flatMap(index -> Stream.concat(role(index, grants.get(index)), places(index, grants.get(index))));
    }

    private Stream<Finding> role(int index, AccessGrant grant) {
        var roles = around.environmentClass().roles();
        return roles.containsKey(grant.role())
                ? Stream.empty()
                : Finding.of(
                        Reason.RoleUnknown,
                        "spec.access[%d].role: EnvironmentClass %s has no role %s. Choose one of: %s",
                        index,
                        around.className(),
                        grant.role(),
                        Surroundings.names(roles.keySet().stream()));
    }

    private Stream<Finding> places(int index, AccessGrant grant) {
        return grant.namespaces().stream()
                .filter(namespace -> !around.namespaces().contains(namespace))
                .flatMap(namespace -> Finding.of(
                        Reason.NamespaceUnknown,
                        "spec.access[%d].namespaces: the environment has no namespace %s. Choose from: %s",
                        index,
                        namespace,
                        Surroundings.names(around.namespaces().stream())));
    }

    private String target(EnvironmentNamespace namespace) {
        return NamespacePattern.of(around.environmentClass().namespacePattern()).name(around.environment(), namespace);
    }

    private interface NamespaceRule {
        Stream<Finding> check(int index, EnvironmentNamespace namespace);
    }

    private Stream<Finding> indexed(NamespaceRule rule) {
        var namespaces = gathered.environment().getSpec().namespaces();
        return IntStream.range(0, namespaces.size()).boxed().flatMap(index -> rule.check(index, namespaces.get(index)));
    }
}
