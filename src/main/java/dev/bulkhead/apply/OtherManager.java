package dev.bulkhead.apply;

import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Comparator;
import java.util.Set;

/** Who, other than us, wrote an object last. */
public final class OtherManager {

    private static final Set<String> OURS = Set.of(Ownership.MANAGER, Writer.HAND_OVER);

    private OtherManager() {}

    /** The name of its field manager; empty when nobody else wrote. Who only reports status doesn't count. */
    public static String of(ObjectMeta metadata) {
        return metadata.getManagedFields().stream()
                .filter(entry -> !OURS.contains(entry.getManager()))
                .filter(entry -> !"status".equals(entry.getSubresource()))
                .filter(entry -> entry.getTime() != null)
                .max(Comparator.comparing(ManagedFieldsEntry::getTime))
                .map(ManagedFieldsEntry::getManager)
                .orElse("");
    }
}
