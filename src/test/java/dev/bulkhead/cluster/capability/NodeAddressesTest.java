package dev.bulkhead.cluster.capability;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeAddressesTest {

    private static Node node(List<String> podNetworks, String... addresses) {
        var node = new NodeBuilder()
                .withNewMetadata()
                .withName("one")
                .endMetadata()
                .withNewSpec()
                .withPodCIDRs(podNetworks)
                .endSpec()
                .withNewStatus()
                .addNewAddress("one.example.com", "Hostname")
                .endStatus();
        for (var address : addresses) {
            node.editStatus()
                    .addNewAddress(address, address.startsWith("203.") ? "ExternalIP" : "InternalIP")
                    .endStatus();
        }
        return node.build();
    }

    @Test
    void aNodeCallsFromItsOwnAddressesAndFromTheFirstTwoOfItsPodsNetwork() {
        assertThat(NodeAddresses.of(List.of(
                        node(List.of("10.42.0.0/24", "fd42::/64"), "192.0.2.10", "203.0.113.9", "2001:db8::10"))))
                .containsExactlyInAnyOrder(
                        "10.42.0.0", "10.42.0.1", "192.0.2.10", "203.0.113.9", "2001:db8::10", "fd42::", "fd42::1");
    }

    @Test
    void theOrderOfNodesMakesNoDifferenceAndNoAddressComesTwice() {
        var one = node(List.of("10.42.0.0/24"), "192.0.2.10");
        var other = node(List.of("10.42.1.0/24"), "192.0.2.10");

        assertThat(NodeAddresses.of(List.of(one, other)))
                .isEqualTo(NodeAddresses.of(List.of(other, one)))
                .hasSize(5)
                .doesNotHaveDuplicates();
    }

    @Test
    void aNodeThatHasNothingYetTellsNothing() {
        var fresh = new NodeBuilder()
                .withNewMetadata()
                .withName("new")
                .endMetadata()
                .build();

        assertThat(NodeAddresses.of(List.of(fresh, node(List.of(), "not-an-address"))))
                .isEmpty();
    }

    @Test
    void aNetworkOfOneAddressHasNoSecond() {
        assertThat(NodeAddresses.of(List.of(node(List.of("10.42.0.7/32"))))).containsExactly("10.42.0.7");
    }
}
