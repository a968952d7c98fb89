package dev.bulkhead.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import org.junit.jupiter.api.Test;

/** Who is named when something of ours was changed. */
class OtherManagerTest {

    private static final ManagedFieldsEntry OURS = entry("bulkhead", "", "2026-01-01T00:00:09Z");

    @Test
    void theLastOneWhoWroteIsNamed() {
        assertThat(of(OURS, entry("old", "", "2026-01-01T00:00:01Z"), entry("new", "", "2026-01-01T00:00:02Z")))
                .isEqualTo("new");
    }

    @Test
    void whoOnlyReportsStatusIsNot() {
        assertThat(of(OURS, entry("kube-controller-manager", "status", "2026-01-01T00:00:05Z")))
                .isEmpty();
    }

    @Test
    void weAreNot() {
        assertThat(of(OURS)).isEmpty();
        assertThat(of(OURS, entry(Writer.HAND_OVER, "", "2026-01-01T00:00:05Z")))
                .isEmpty();
    }

    private static String of(ManagedFieldsEntry... entries) {
        return OtherManager.of(
                new ObjectMetaBuilder().withManagedFields(entries).build());
    }

    private static ManagedFieldsEntry entry(String manager, String subresource, String time) {
        return new ManagedFieldsEntryBuilder()
                .withManager(manager)
                .withSubresource(subresource)
                .withTime(time)
                .build();
    }
}
