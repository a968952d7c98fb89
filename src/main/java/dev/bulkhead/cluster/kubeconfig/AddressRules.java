package dev.bulkhead.cluster.kubeconfig;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressNetwork.IPAddressGenerator;
import inet.ipaddr.IPAddressString;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Where a target cluster may be. The operator sits inside the hub, where much trusts whoever can reach it; a Secret must
 * not be able to send it there.
 *
 * <p>What is never allowed stays so whatever is listed. Loopback and the hub's own addresses are allowed by an entry that
 * lies within them, so that a wide entry such as {@code 10.0.0.0/8} doesn't open them unnoticed.
 */
public final class AddressRules {

    /** Link-local with most metadata services in it, multicast, unspecified, broadcast, and metadata services elsewhere. */
    private static final List<IPAddress> NEVER = blocks(
            "0.0.0.0/8",
            "169.254.0.0/16",
            "224.0.0.0/4",
            "255.255.255.255/32",
            "100.100.100.200/32",
            "168.63.129.16/32",
            "192.0.0.192/32",
            "::/128",
            "fe80::/10",
            "ff00::/8",
            "fd00:ec2::/32",
            "fd20:ce::254/128");

    private static final List<IPAddress> LOOPBACK = blocks("127.0.0.0/8", "::1/128");

    /** Prefixes whose addresses carry one of IPv4, and the byte where it begins. */
    private static final List<Embedding> EMBEDDINGS = List.of(
            new Embedding(block("64:ff9b::/96"), 12),
            new Embedding(block("::ffff:0:0:0/96"), 12),
            new Embedding(block("2002::/16"), 2));

    private final List<IPAddress> allowed;
    private final Supplier<HubNetwork> hub;

    private record Embedding(IPAddress prefix, int offset) {}

    /** An address that the hub's API server listens on. */
    public record Endpoint(String address, int port) {}

    /**
     * What is the hub's own.
     *
     * @param apiServers its API servers
     * @param services the CIDRs of its Services
     */
    public record HubNetwork(List<Endpoint> apiServers, List<String> services) {

        public static final HubNetwork UNKNOWN = new HubNetwork(List.of(), List.of());

        public HubNetwork {
            apiServers = List.copyOf(apiServers);
            services = List.copyOf(services);
        }
    }

    /**
     * @param cidrs what is allowed; none: every address that isn't somebody's own
     * @param hub asked at each check, because API servers come and go
     */
    public AddressRules(List<String> cidrs, Supplier<HubNetwork> hub) {
        this.allowed = cidrs.stream().map(AddressRules::block).toList();
        this.hub = hub;
    }

    /** What is wrong with connecting to one of these addresses; absent when nothing is. */
    Optional<String> problem(InetAddress[] addresses, int port) {
        var all = Stream.of(addresses).map(AddressRules::block).toList();
        return Stream.concat(
                        all.stream().flatMap(AddressRules::withEmbedded).flatMap(it -> guarded(it, port).stream()),
                        all.stream().flatMap(it -> unlisted(it).stream()))
                .findFirst();
    }

    private Optional<String> unlisted(IPAddress address) {
        return allowed.isEmpty() || within(allowed, address)
                ? Optional.empty()
                : Optional.of(
                        "%s is in none of the CIDRs of bulkhead.target-cidrs. List it there, or use another address"
                                .formatted(address));
    }

    private Optional<String> guarded(IPAddress address, int port) {
        if (within(NEVER, address)) {
            return Optional.of("%s is link-local, multicast, unspecified or a metadata service, where no cluster may be"
                    .formatted(address));
        }
        if (within(LOOPBACK, address) && !named(LOOPBACK, address)) {
            return Optional.of(
                    "%s is the operator's own host. For the cluster that it runs in set spec.local to {}; else"
                                    .formatted(address)
                            + " list %s in bulkhead.target-cidrs".formatted(address));
        }
        var network = hub.get();
        var own = Stream.concat(
                        network.services().stream().map(AddressRules::block),
                        network.apiServers().stream()
                                .filter(server -> server.port() == port)
                                .map(server -> block(server.address())))
                .toList();
        if (within(own, address) && !named(own, address)) {
            return Optional.of(
                    "%s belongs to the hub itself. For the cluster that the operator runs in set spec.local to"
                                    .formatted(address)
                            + " {}; else list %s in bulkhead.target-cidrs".formatted(address));
        }
        return Optional.empty();
    }

    /** Whether an entry that is no wider than the block allows the address. */
    private boolean named(List<IPAddress> blocks, IPAddress address) {
        return allowed.stream().filter(entry -> entry.contains(address)).anyMatch(entry -> blocks.stream()
                .anyMatch(block -> block.contains(entry)));
    }

    private static boolean within(List<IPAddress> blocks, IPAddress address) {
        return blocks.stream().anyMatch(block -> block.contains(address));
    }

    /** An address of a translator leads where the address inside it leads. */
    private static Stream<IPAddress> withEmbedded(IPAddress address) {
        var inside = EMBEDDINGS.stream()
                .filter(it -> it.prefix().contains(address))
                .map(it -> embedded(address.getBytes(), it.offset()));
        return Stream.concat(Stream.of(address), inside);
    }

    private static IPAddress embedded(byte[] bytes, int offset) {
        return new IPAddressGenerator().from(Arrays.copyOfRange(bytes, offset, offset + 4));
    }

    private static IPAddress block(InetAddress address) {
        return new IPAddressGenerator().from(address.getAddress());
    }

    private static List<IPAddress> blocks(String... cidrs) {
        return Stream.of(cidrs).map(AddressRules::block).toList();
    }

    private static IPAddress block(String cidr) {
        var parsed = new IPAddressString(cidr);
        var address = parsed.isIPAddress() && !parsed.isAllAddresses() ? parsed.getAddress() : null;
        if (address == null) {
            throw new IllegalArgumentException(
                    "%s in bulkhead.target-cidrs is no CIDR: write it like 10.0.0.0/8".formatted(cidr));
        }
        return address.toPrefixBlock();
    }
}
