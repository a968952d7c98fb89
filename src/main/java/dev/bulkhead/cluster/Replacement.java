package dev.bulkhead.cluster;

import dev.bulkhead.api.v1alpha1.Operation;
import dev.bulkhead.api.v1alpha1.OperationResult;
import dev.bulkhead.operation.OperationReport;
import java.util.List;
import java.util.function.Consumer;

/**
 * Another cluster is meant to stand in the place of one: the only way past a pin. Only on the word of who may create
 * Operations in the operator's own namespace, which is the platform's.
 */
public final class Replacement {

    private final String namespace;
    private final Pins pins;
    private final ClusterIndex index;
    private final Consumer<String> news;

    /** @param news told of the TargetCluster that is to be looked at again */
    public Replacement(String namespace, Pins pins, ClusterIndex index, Consumer<String> news) {
        this.namespace = namespace;
        this.pins = pins;
        this.index = index;
        this.news = news;
    }

    public OperationReport carryOut(Operation operation) {
        if (!namespace.equals(operation.getMetadata().getNamespace())) {
            return OperationReport.refused(
                    "A cluster is the platform's to replace: create the Operation in namespace " + namespace,
                    List.of());
        }
        var wanted = operation.getSpec().replaceCluster();
        var owner = pins.owner(wanted.uid(), wanted.cluster(), index.names()::contains);
        if (owner.isPresent()) {
            return OperationReport.refused(
                    "The cluster %s is the one that TargetCluster %s stands for, and two must not write to one. Delete that, or name another uid"
                            .formatted(wanted.uid(), owner.get()),
                    List.of());
        }
        var before = pins.replace(wanted.cluster(), wanted.uid());
        news.accept(wanted.cluster());
        var buried = before.filter(uid -> !uid.equals(wanted.uid()))
                .map("; the cluster %s is not written to any more"::formatted)
                .orElse("");
        return OperationReport.done(
                "TargetCluster %s stands for the cluster %s%s".formatted(wanted.cluster(), wanted.uid(), buried),
                List.of(new OperationResult(
                        "TargetCluster " + wanted.cluster(), "stands for " + wanted.uid() + buried)));
    }
}
