package dev.bulkhead.environment.pillar;

import dev.bulkhead.api.v1alpha1.WorkloadType;
import dev.bulkhead.apply.Entry;
import dev.bulkhead.apply.Entry.ObjectEntry;
import dev.bulkhead.apply.Level;
import dev.bulkhead.apply.Ownership;
import dev.bulkhead.environment.Blueprint;
import dev.bulkhead.environment.Blueprint.TargetNamespace;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import java.util.stream.Stream;

/** What the operator may do with Secrets: nothing, but in the namespaces where it publishes some. */
public final class OwnAccess implements Pillar {

    /** Of the chart, and named in the policy that holds the operator to its fence. */
    static final String CLUSTER_ROLE = Ownership.OPERATOR_ROLE;

    @Override
    public Stream<Entry> plan(Blueprint blueprint) {
        return blueprint.capabilities().account().known()
                ? blueprint.namespaces().stream()
                        .filter(namespace -> hasSecrets(blueprint, namespace))
                        .map(namespace -> binding(blueprint, namespace))
                : Stream.of();
    }

    /** Where hooks run there are some now and then; and what others bring is read to see when it changes. */
    private static boolean hasSecrets(Blueprint blueprint, TargetNamespace namespace) {
        return Secrets.in(blueprint, namespace).findAny().isPresent()
                || BroughtSecrets.in(blueprint, namespace).findAny().isPresent()
                || blueprint.workloadsIn(namespace).stream()
                        .anyMatch(workload -> workload.spec().type() == WorkloadType.Hook);
    }

    private static Entry binding(Blueprint blueprint, TargetNamespace namespace) {
        var account = blueprint.capabilities().account();
        var binding = new RoleBindingBuilder()
                .withMetadata(blueprint.metadata(namespace.name(), CLUSTER_ROLE).build())
                .withNewRoleRef()
                .withApiGroup(Access.RBAC)
                .withKind("ClusterRole")
                .withName(CLUSTER_ROLE)
                .endRoleRef()
                .addNewSubject()
                .withKind("ServiceAccount")
                .withName(account.name())
                .withNamespace(account.namespace())
                .endSubject()
                .build();
        return new ObjectEntry(binding, Level.ACCESS, blueprint.origin());
    }
}
