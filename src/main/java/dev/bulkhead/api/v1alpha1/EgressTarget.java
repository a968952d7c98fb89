package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Wire
@ValidationRule(
        value = "has(self.cidr) != has(self.domains)",
        message = "name exactly one of cidr and domains: an entry for each")
@ValidationRule(
        value = "!has(self.cidr) || isCIDR(self.cidr) && cidr(self.cidr).ip() == cidr(self.cidr).masked().ip()",
        message = "must be a network such as 203.0.113.0/24, with no bits set behind its prefix",
        fieldPath = ".cidr")
@ValidationRule(
        value = "!has(self.except) || has(self.cidr) && (!isCIDR(self.cidr) || self.except.all(part, isCIDR(part)"
                + " && cidr(self.cidr).containsCIDR(part)"
                + " && cidr(part).prefixLength() > cidr(self.cidr).prefixLength()))",
        message = "each exception must be a smaller network inside cidr",
        fieldPath = ".except")
public record EgressTarget(
        @JsonPropertyDescription("A network, such as 203.0.113.0/24 or 2001:db8::/32; one address has /32 or /128.")
        @Size(min = 1, max = 43)
        @Nullable
        String cidr,

        @JsonPropertyDescription("Smaller networks inside it that stay refused.") @Size(max = 20)
        List<@Size(min = 1, max = 43) String> except,

        @JsonPropertyDescription(
                "DNS names, such as api.example.com, or *.example.com for all below it. NetworkPolicies know"
                        + " addresses and no names: they open the ports towards every public address, and what keeps to the names"
                        + " is the mesh, where it can. The status says what is enforced.")
        @Size(min = 1, max = 20)
        List<@Pattern(Syntax.DOMAIN) @Size(min = 1, max = Syntax.SUBDOMAIN_LENGTH) String> domains) {

    public EgressTarget {
        except = Absent.or(except);
        domains = Absent.or(domains);
    }
}
