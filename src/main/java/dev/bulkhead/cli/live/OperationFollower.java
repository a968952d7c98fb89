package dev.bulkhead.cli.live;

import dev.bulkhead.api.v1alpha1.Operation;
import dev.bulkhead.api.v1alpha1.OperationStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Watches an Operation until it has ended. */
public final class OperationFollower {

    private final KubernetesClient client;

    public OperationFollower(KubernetesClient client) {
        this.client = client;
    }

    /**
     * @param told each status, the last one included
     * @return the last one; empty when somebody has deleted it
     */
    public Optional<OperationStatus> follow(Operation operation, Consumer<OperationStatus> told) {
        var end = new CompletableFuture<Optional<OperationStatus>>();
        try (var _ = client.resource(operation).inform(new ResourceEventHandler<>() {
            @Override
            public void onAdd(Operation now) {
                if (now.getStatus() != null) {
                    told.accept(now.getStatus());
                }
                if (now.hasEnded()) {
                    end.complete(Optional.of(now.getStatus()));
                }
            }

            @Override
            public void onUpdate(Operation before, Operation now) {
                onAdd(now);
            }

            @Override
            public void onDelete(Operation last, boolean unknown) {
                end.complete(Optional.empty());
            }
        })) {
            return end.join();
        }
    }
}
