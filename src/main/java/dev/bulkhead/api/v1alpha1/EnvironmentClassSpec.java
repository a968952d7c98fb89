package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Wire
@ValidationRule(
        value = "!has(self.defaultCluster) || self.defaultCluster in self.clusters",
        message = "defaultCluster must be one of clusters: add it there, or name another",
        fieldPath = ".defaultCluster")
@ValidationRule(
        value = "!has(self.defaults) || !has(self.defaults.quota) || !has(self.ceilings) ||"
                + " self.defaults.quota.all(key, !(key in self.ceilings) ||"
                + " quantity(string(self.defaults.quota[key])).compareTo(quantity(string(self.ceilings[key]))) <= 0)",
        message = "a default quota is over the ceiling of the same resource: lower it, or raise the ceiling",
        fieldPath = ".defaults")
public record EnvironmentClassSpec(
        @JsonPropertyDescription(
                "The namespaces whose environments may use this class, by their labels. Absent: none; {}:" + " all.")
        @Nullable
        LabelSelector hubNamespaces,

        @JsonPropertyDescription("The TargetClusters that its environments may live in.")
        @Required
        @Size(min = 1, max = 100)
        List<@Pattern(Syntax.SUBDOMAIN) @Size(min = 1, max = Syntax.SUBDOMAIN_LENGTH) String> clusters,

        @JsonPropertyDescription("The TargetCluster of environments that name none; one of clusters.")
        @Pattern(Syntax.SUBDOMAIN)
        @Size(min = 1, max = Syntax.SUBDOMAIN_LENGTH)
        @Nullable
        String defaultCluster,

        @JsonPropertyDescription(
                "How target namespaces are named: {hubNamespace}, {environment} and {name} once each, with"
                        + " lower-case letters, digits and '-' between them. A name over 63 characters is refused. Where two"
                        + " environments still meet in one name, the first keeps it and the second is Stalled.")
        @Default("\"{hubNamespace}-{environment}-{name}\"")
        @ValidationRule(
                value = "['{hubNamespace}', '{environment}', '{name}'].all(part, self.split(part).size() == 2)"
                        + " && !self.contains('}{')"
                        + " && self.replace('{hubNamespace}', 'x').replace('{environment}', 'x')"
                        + ".replace('{name}', 'x').matches('" + Syntax.LABEL + "')",
                message = "must have {hubNamespace}, {environment} and {name} exactly once, lower-case letters,"
                        + " digits or '-' between them, and neither start nor end with '-'")
        @Size(min = 1, max = 100)
        String namespacePattern,

        @JsonPropertyDescription(
                "Namespaces that exist already and that environments of this class may take over, by their exact"
                        + " names. Only for environments of the hub namespaces that this class is for: a class of its"
                        + " own says who may adopt what.")
        @Size(max = 100)
        @ValidationRule(
                value = "self.all(name, !name.startsWith('kube-') && name != 'default' && name != 'bulkhead-system')",
                message = "kube-*, default and bulkhead-system are the cluster's own and can't be adopted: remove them")
        List<@Pattern(Syntax.LABEL) @Size(min = 1, max = Syntax.LABEL_LENGTH) String> adoptableNamespaces,

        @JsonPropertyDescription(
                "The most that the quota of one namespace may say, per resource. A resource that is not listed"
                        + " has no ceiling.")
        @Size(max = 50)
        Map<String, Quantity> ceilings,

        @JsonPropertyDescription(
                "Where images may come from: a registry, or a registry with the start of a path. Empty:" + " anywhere.")
        @Size(max = 100)
        List<@Pattern("^[A-Za-z0-9.-]+(:[0-9]+)?(/[a-z0-9._-]+)*$") @Size(min = 1, max = 253) String> registries,

        @JsonPropertyDescription("Required: every image must be named by its digest.") @Default("Optional")
        Requirement imageDigest,

        @JsonPropertyDescription("What environments may reach outside. Absent: nothing.") @Nullable
        EgressBounds egress,

        @JsonPropertyDescription("The roles that environments may grant, each with the ClusterRole that it means.")
        @Size(max = 20)
        @ValidationRule(
                value = "self.all(key, key.size() <= 63 && key.matches('" + Syntax.LABEL + "'))",
                message = "a role's name has at most 63 lower-case letters, digits and '-'")
        Map<String, @Size(min = 1, max = 253) String> roles,

        @JsonPropertyDescription("Where the platform's own pods are. Without it: as K3s has them.")
        PlatformPeers platform,

        @JsonPropertyDescription(
                "Namespaces of its clusters whose MetricTemplates canaries may name, beside those of the environment itself.")
        @Size(max = 20)
        List<@Pattern(Syntax.LABEL) @Size(min = 1, max = Syntax.LABEL_LENGTH) String> metricTemplateNamespaces,

        @JsonPropertyDescription(
                "ClusterSecretStores of its clusters that External entries may take values from. None named:"
                        + " none. SecretStores of the environment's own namespaces need no leave.")
        @Size(max = 20)
        List<@Pattern(Syntax.SUBDOMAIN) @Size(min = 1, max = Syntax.SUBDOMAIN_LENGTH) String> clusterSecretStores,

        @JsonPropertyDescription(
                "ClusterIssuers of its clusters that may sign certificates of TLS entries. None named: none."
                        + " Issuers of the environment's own namespaces need no leave.")
        @Size(max = 20)
        List<@Pattern(Syntax.SUBDOMAIN) @Size(min = 1, max = Syntax.SUBDOMAIN_LENGTH) String> clusterIssuers,

        @JsonPropertyDescription("What namespaces get that say nothing themselves.") @Nullable
        ClassDefaults defaults,

        @JsonPropertyDescription("The most that may be removed from one environment at once. What is more is held back,"
                + " and the environment's status shows the Operation that lets it go.")
        @Default("{}")
        BlastRadiusLimit blastRadius,

        @JsonPropertyDescription(
                "What enforcement: Audit of a NetworkPolicySet may take away. Closed: no denial that there is."
                        + " Open: all of them, in the whole environment.")
        @Default("Closed")
        Audit audit,

        @JsonPropertyDescription("The mesh of environments that name none. Without it: no mesh.") @Nullable
        MeshProvider meshProvider) {

    public static final String DEFAULT_NAMESPACE_PATTERN = "{hubNamespace}-{environment}-{name}";

    public EnvironmentClassSpec {
        clusters = Absent.or(clusters);
        namespacePattern = Absent.or(namespacePattern, DEFAULT_NAMESPACE_PATTERN);
        adoptableNamespaces = Absent.or(adoptableNamespaces);
        ceilings = Absent.or(ceilings);
        registries = Absent.or(registries);
        imageDigest = Absent.or(imageDigest, Requirement.Optional);
        roles = Absent.or(roles);
        metricTemplateNamespaces = Absent.or(metricTemplateNamespaces);
        clusterSecretStores = Absent.or(clusterSecretStores);
        clusterIssuers = Absent.or(clusterIssuers);
        blastRadius = Absent.or(blastRadius, new BlastRadiusLimit(null, null, null));
        audit = Absent.or(audit, Audit.Closed);
        platform = Absent.or(platform, new PlatformPeers(null, null, null));
    }
}
