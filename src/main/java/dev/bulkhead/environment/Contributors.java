package dev.bulkhead.environment;

import dev.bulkhead.api.v1alpha1.NetworkPolicySet;
import dev.bulkhead.api.v1alpha1.SecretScope;
import dev.bulkhead.api.v1alpha1.Workload;
import dev.bulkhead.apply.Origin;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** All that refer to an environment, whatever becomes of them. */
final class Contributors {

    private Contributors() {}

    static Map<Origin, HasMetadata> of(
            List<Workload> workloads, List<NetworkPolicySet> networkPolicySets, List<SecretScope> secretScopes) {
        var contributors = new HashMap<Origin, HasMetadata>();
        put(contributors, workloads, Origin::workload);
        put(contributors, networkPolicySets, Origin::networkPolicySet);
        put(contributors, secretScopes, Origin::secretScope);
        return contributors;
    }

    private static void put(
            Map<Origin, HasMetadata> contributors,
            List<? extends HasMetadata> resources,
            Function<String, Origin> origin) {
        resources.forEach(it -> contributors.put(origin.apply(it.getMetadata().getName()), it));
    }
}
