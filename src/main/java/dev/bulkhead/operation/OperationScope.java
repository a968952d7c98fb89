package dev.bulkhead.operation;

import dev.bulkhead.api.v1alpha1.Operation;
import dev.bulkhead.api.v1alpha1.OperationAction;
import dev.bulkhead.apply.EnvironmentId;

/**
 * Which environments an Operation is about. Out of a team's namespace it reaches that namespace's environments and no
 * other; only the operator's own namespace, which belongs to the platform, reaches all.
 *
 * @param operatorNamespace where the operator lives
 */
public record OperationScope(String operatorNamespace) {

    public boolean covers(Operation operation, EnvironmentId environment) {
        var namespace = operation.getMetadata().getNamespace();
        if (operation.getSpec().action() == OperationAction.ReplaceCluster) {
            return false;
        }
        var named = operation.getSpec().environmentRef();
        if (named != null) {
            return environment.equals(new EnvironmentId(namespace, named.name()));
        }
        return namespace.equals(environment.namespace()) || namespace.equals(operatorNamespace);
    }
}
