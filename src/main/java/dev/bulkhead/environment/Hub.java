package dev.bulkhead.environment;

import dev.bulkhead.api.v1alpha1.Environment;
import dev.bulkhead.api.v1alpha1.EnvironmentClass;
import dev.bulkhead.api.v1alpha1.NetworkPolicySet;
import dev.bulkhead.api.v1alpha1.Operation;
import dev.bulkhead.api.v1alpha1.SecretScope;
import dev.bulkhead.api.v1alpha1.TargetCluster;
import dev.bulkhead.api.v1alpha1.Workload;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.apply.Origin;
import dev.bulkhead.secrets.vault.Shelf;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The hub cluster, read from caches. */
public interface Hub {

    List<Environment> environments();

    /** The newer of what the caller has and what is known here: one of two watches may have gone back in time. */
    Environment newest(Environment cached);

    boolean has(EnvironmentId environment);

    List<Workload> workloads(EnvironmentId environment);

    List<NetworkPolicySet> networkPolicySets(EnvironmentId environment);

    List<SecretScope> secretScopes(EnvironmentId environment);

    /** The SecretScopes that an environment had, and that are gone, as they were accepted last. */
    List<SecretScope> departed(EnvironmentId environment);

    Optional<SecretScope> secretScope(String namespace, String name);

    /** What a SecretScope was when it was accepted last. */
    Optional<SecretScope> accepted(SecretScope scope);

    default Map<Origin, HasMetadata> contributors(EnvironmentId environment) {
        return Contributors.of(workloads(environment), networkPolicySets(environment), secretScopes(environment));
    }

    /** The Operations about an environment that were taken up and not ended, the oldest first. */
    List<Operation> operations(EnvironmentId environment);

    List<EnvironmentClass> classes();

    List<TargetCluster> clusters();

    Optional<TargetCluster> cluster(String name);

    Map<String, String> namespaceLabels(String namespace);

    /** What the vault has of an environment's secrets. Read once, and known from then on. */
    Shelf shelf(EnvironmentId environment);

    /** The same for another environment, that claims something of it. What isn't known is read, and not kept. */
    Shelf glance(EnvironmentId owner, EnvironmentId claimant);

    /** Secrets of a hub namespace: name → data key → keyed hash. Empty until the watch has its first list. */
    Map<String, Map<String, String>> secrets(String namespace);
}
