package dev.bulkhead.apply;

import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Comparator;

/** Who, other than us, wrote an object last. */
public final class OtherManager {

    private OtherManager() {}

    /** The name of its field manager; empty when nobody else wrote. Who only reports status doesn't count. */
    public static String of(ObjectMeta metadata) {
        return metadata.getManagedFields().stream()
                .filter(entry -> !Ownership.MANAGER.equals(entry.getManager()))
                .filter(entry -> !"status".equals(entry.getSubresource()))
                .filter(entry -> entry.getTime() != null)
                .max(Comparator.comparing(ManagedFieldsEntry::getTime))
                .map(ManagedFieldsEntry::getManager)
                .orElse("");
    }
}
