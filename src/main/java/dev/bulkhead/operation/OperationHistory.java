package dev.bulkhead.operation;

import dev.bulkhead.api.v1alpha1.Operation;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The Operations that ended: of each environment the newest are kept, and the older ones go. */
public final class OperationHistory {

    private final Supplier<List<Operation>> operations;
    private final Consumer<Operation> delete;
    private final int kept;

    /** @param kept how many of one environment stay */
    public OperationHistory(Supplier<List<Operation>> operations, Consumer<Operation> delete, int kept) {
        this.operations = operations;
        this.delete = delete;
        this.kept = kept;
    }

    /** An operation ended: what is too old beside it goes. */
    void trim(Operation ended) {
        operations.get().stream()
                .filter(Operation::hasEnded)
                .filter(it -> isBeside(it, ended))
                .sorted(Comparator.comparing((Operation it) -> it.getStatus().completionTime())
                        .thenComparing(it -> it.getMetadata().getUid())
                        .reversed())
                .skip(kept)
                .forEach(delete);
    }

    private static boolean isBeside(Operation one, Operation other) {
        return one.getMetadata().getNamespace().equals(other.getMetadata().getNamespace())
                && Objects.equals(
                        one.getSpec().environmentRef(), other.getSpec().environmentRef());
    }
}
