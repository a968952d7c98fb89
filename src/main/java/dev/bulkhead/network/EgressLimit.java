package dev.bulkhead.network;

import dev.bulkhead.api.v1alpha1.EgressBounds;
import dev.bulkhead.api.v1alpha1.EgressTarget;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
