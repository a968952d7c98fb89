package dev.bulkhead.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkhead.network.Hole.Direction;
import io.fabric8.kubernetes.api.model.LabelSelector;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HoleTest {

    private static final Peer SOMEBODY = new Peer.Pods("web", Map.of("app", "frontend"));

    @Test
    void aHoleTowardsNobodyIsNotOneTowardsEverybody() {
        assertThatThrownBy(() -> new Hole(Direction.INGRESS, new LabelSelector(), List.of(), List.of(WirePort.tcp(80))))
                .hasMessageContaining("opens everything");
        assertThatThrownBy(() -> new Hole(Direction.EGRESS, new LabelSelector(), List.of(SOMEBODY), List.of()))
                .hasMessageContaining("opens everything");
    }

    @Test
    void aHoleOpensItsOwnDirectionOnly() {
        var out = new Hole(Direction.EGRESS, new LabelSelector(), List.of(SOMEBODY), List.of(WirePort.udp(53)));

        assertThat(out.render().getPolicyTypes()).containsExactly("Egress");
        assertThat(out.render().getIngress()).isEmpty();
    }
}
