package dev.bulkhead.cluster.kubeconfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkhead.cluster.kubeconfig.AddressRules.Endpoint;
import dev.bulkhead.cluster.kubeconfig.AddressRules.HubNetwork;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRulesTest {

    private static final HubNetwork HUB =
            new HubNetwork(List.of(new Endpoint("10.0.0.5", 6443)), List.of("10.96.0.0/12", "fd00:10:96::/112"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "169.254.170.2",
                "fe80::1",
                "fd00:ec2::254",
                "fd20:ce::254",
                "100.100.100.200",
                "168.63.129.16",
                "192.0.0.192",
                "224.0.0.1",
                "ff02::1",
                "0.0.0.0",
                "0.1.2.3",
                "::",
                "255.255.255.255",
                "::ffff:169.254.169.254",
                "64:ff9b::a9fe:a9fe",
                "2002:a9fe:a9fe::1"
            })
    void whereNoClusterMayBeNoListOpens(String address) {
        assertThat(allowed(List.of(), address)).isFalse();
        assertThat(allowed(List.of("0.0.0.0/0", "::/0", address), address)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.8.9.10", "::1", "64:ff9b::7f00:1"})
    void theOperatorsOwnHostIsOpenedByNameOnly(String address) {
        assertThat(allowed(List.of(), address)).isFalse();
        assertThat(allowed(List.of("0.0.0.0/0", "::/0"), address)).isFalse();
        assertThat(allowed(List.of("127.0.0.0/8", "::1", "64:ff9b::/96"), address))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.96.0.1", "10.97.3.4", "fd00:10:96::1"})
    void aServiceOfTheHubIsOpenedByNameOnly(String address) {
        assertThat(allowed(List.of(), address)).isFalse();
        assertThat(allowed(List.of("10.0.0.0/8", "fd00::/8"), address)).isFalse();
        assertThat(allowed(List.of("10.96.0.0/12", "fd00:10:96::/112"), address))
                .isTrue();
    }

    @Test
    void theHubsApiServerIsOpenedByNameOnlyAndItsNeighbourPortIsNotIt() {
        assertThat(problem(List.of("10.0.0.0/8"), 6443, "10.0.0.5")).isTrue();
        assertThat(problem(List.of("10.0.0.5"), 6443, "10.0.0.5")).isFalse();
        assertThat(problem(List.of("10.0.0.0/8"), 6444, "10.0.0.5")).isFalse();
    }

    @Test
    void withoutAListEveryOtherAddressIsAllowed() {
        assertThat(allowed(List.of(), "10.0.0.6")).isTrue();
        assertThat(allowed(List.of(), "203.0.113.9")).isTrue();
        assertThat(allowed(List.of(), "2001:db8::1")).isTrue();
    }

    @Test
    void withAListNoAddressOutsideOfItIsAllowed() {
        assertThat(allowed(List.of("203.0.113.0/24"), "203.0.113.9")).isTrue();
        assertThat(allowed(List.of("203.0.113.0/24"), "203.0.114.9")).isFalse();
        assertThat(allowed(List.of("203.0.113.0/24"), "2001:db8::1")).isFalse();
    }

    @Test
    void oneBadAddressAmongSeveralIsEnough() {
        assertThat(allowed(List.of("203.0.113.0/24"), "203.0.113.9", "203.0.114.9"))
                .isFalse();
        assertThat(allowed(List.of(), "203.0.113.9", "169.254.169.254")).isFalse();
    }

    @Test
    void aListThatIsNoListEndsTheStart() {
        assertThatThrownBy(() -> new AddressRules(List.of("10.0.0.0/8", "example.com"), () -> HUB))
                .hasMessage("example.com in bulkhead.target-cidrs is no CIDR: write it like 10.0.0.0/8");
        assertThatThrownBy(() -> new AddressRules(List.of("*"), () -> HUB)).hasMessageContaining("is no CIDR");
    }

    private static boolean allowed(List<String> list, String... addresses) {
        return !problem(list, 443, addresses);
    }

    private static boolean problem(List<String> list, int port, String... addresses) {
        var resolved = Stream.of(addresses).map(AddressRulesTest::address).toArray(InetAddress[]::new);
        return new AddressRules(list, () -> HUB).problem(resolved, port).isPresent();
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
