package dev.bulkhead.network;

import dev.bulkhead.api.v1alpha1.EgressBounds;
import dev.bulkhead.api.v1alpha1.EgressTarget;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How far outside the environment a class lets its environments reach. No bounds: nowhere. */
public record EgressLimit(List<String> cidrs, List<String> hosts) {

    private static final String ANY_LABEL = "*.";

    public static EgressLimit of(@Nullable EgressBounds bounds) {
        return bounds == null ? new EgressLimit(List.of(), List.of()) : new EgressLimit(bounds.cidrs(), bounds.hosts());
    }

    public boolean allows(EgressTarget target) {
        return target.cidr() == null ? target.domains().stream().allMatch(this::allowsHost) : allowsCidr(target.cidr());
    }

    public boolean allowsCidr(String cidr) {
        return address(cidr)
                .filter(wanted -> cidrs.stream()
                        .flatMap(allowed -> address(allowed).stream())
                        .anyMatch(allowed -> allowed.contains(wanted)))
                .isPresent();
    }

    /**
     * Which of some networks a block of addresses leads into. One address is meant as it is said, even if a node has it.
     *
     * @param networks as blocks
     */
    public static Stream<String> reaching(EgressTarget target, Collection<String> networks) {
        var wanted = address(target.cidr());
        var except =
                target.except().stream().flatMap(it -> address(it).stream()).toList();
        return networks.stream().filter(network -> wanted.filter(it -> reaches(it, except, network))
                .isPresent());
    }

    private static boolean reaches(IPAddress wanted, List<IPAddress> except, String network) {
        return address(network)
                .filter(it -> it.isMultiple() || !wanted.equals(it))
                .flatMap(it -> Optional.ofNullable(wanted.intersect(it)))
                .filter(common -> except.stream().noneMatch(it -> it.contains(common)))
                .isPresent();
    }

    /** {@code *} allows every host, {@code *.example.com} every host below example.com, else the very name. */
    public boolean allowsHost(String host) {
        var wanted = host.toLowerCase(Locale.ROOT);
        return hosts.stream()
                .map(allowed -> allowed.toLowerCase(Locale.ROOT))
                .anyMatch(allowed -> allowed.equals("*")
                        || allowed.equals(wanted)
                        || (allowed.startsWith(ANY_LABEL)
                                && wanted.length() >= allowed.length()
                                && wanted.endsWith(allowed.substring(1))));
    }

    /** The block without host bits, so that {@code 10.1.2.3/8} contains what the policy engine thinks it contains. */
    public static Optional<IPAddress> address(String cidr) {
        var parsed = new IPAddressString(cidr);
        return parsed.isIPAddress() && !parsed.isAllAddresses()
                ? Optional.ofNullable(parsed.getAddress()).map(IPAddress::toPrefixBlock)
                : Optional.empty();
    }
}
