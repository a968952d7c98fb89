package dev.bulkhead.runtime;

import dev.bulkhead.api.v1alpha1.Environment;
import dev.bulkhead.api.v1alpha1.EnvironmentClass;
import dev.bulkhead.api.v1alpha1.NetworkPolicySet;
import dev.bulkhead.api.v1alpha1.Operation;
import dev.bulkhead.api.v1alpha1.SecretScope;
import dev.bulkhead.api.v1alpha1.TargetCluster;
import dev.bulkhead.api.v1alpha1.Workload;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.apply.Origin;
import dev.bulkhead.operation.OperationId;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.util.function.Predicate;

/** Tells a reconciler to look again, from outside of its own resources. */
public final class Triggers {

    private final SimpleInboundEventSource<Environment> environments = new SimpleInboundEventSource<>("environments");
    private final SimpleInboundEventSource<Workload> workloads = new SimpleInboundEventSource<>("workloads");
    private final SimpleInboundEventSource<NetworkPolicySet> networks = new SimpleInboundEventSource<>("networks");
    private final SimpleInboundEventSource<SecretScope> scopes = new SimpleInboundEventSource<>("scopes");
    private final SimpleInboundEventSource<EnvironmentClass> classes = new SimpleInboundEventSource<>("classes");
    private final SimpleInboundEventSource<TargetCluster> clusters = new SimpleInboundEventSource<>("clusters");

    private final SimpleInboundEventSource<Operation> operations = new SimpleInboundEventSource<>("operations");

    private final Predicate<EnvironmentId> ignored;

    /** @param ignored environments that nobody is to look at */
    public Triggers(Predicate<EnvironmentId> ignored) {
        this.ignored = ignored;
    }

    public SimpleInboundEventSource<Environment> environments() {
        return environments;
    }

    public SimpleInboundEventSource<Workload> workloads() {
        return workloads;
    }

    public SimpleInboundEventSource<NetworkPolicySet> networks() {
        return networks;
    }

    public SimpleInboundEventSource<SecretScope> scopes() {
        return scopes;
    }

    public SimpleInboundEventSource<EnvironmentClass> classes() {
        return classes;
    }

    public SimpleInboundEventSource<TargetCluster> clusters() {
        return clusters;
    }

    public SimpleInboundEventSource<Operation> operations() {
        return operations;
    }

    public void operation(OperationId operation) {
        operations.propagateEvent(new ResourceID(operation.name(), operation.namespace()));
    }

    public void environment(EnvironmentId environment) {
        if (!ignored.test(environment)) {
            environments.propagateEvent(new ResourceID(environment.name(), environment.namespace()));
        }
    }

    public void environmentClass(HasMetadata environmentClass) {
        classes.propagateEvent(ResourceID.fromResource(environmentClass));
    }

    public void cluster(String name) {
        clusters.propagateEvent(new ResourceID(name));
    }

    public void contributor(String namespace, Origin origin) {
        var id = new ResourceID(origin.name(), namespace);
        switch (origin.kind()) {
            case ENVIRONMENT -> environment(new EnvironmentId(namespace, origin.name()));
            case WORKLOAD -> workloads.propagateEvent(id);
            case NETWORK_POLICY_SET -> networks.propagateEvent(id);
            case SECRET_SCOPE -> scopes.propagateEvent(id);
        }
    }
}
