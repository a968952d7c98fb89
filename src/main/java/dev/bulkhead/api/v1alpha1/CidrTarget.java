package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

@Wire
@ValidationRule(
        value = "isCIDR(self.cidr) && cidr(self.cidr).ip() == cidr(self.cidr).masked().ip()",
        message = "must be a network such as 203.0.113.0/24, with no bits set behind its prefix",
        fieldPath = ".cidr")
@ValidationRule(
        value = "!has(self.except) || !isCIDR(self.cidr) || self.except.all(part, isCIDR(part)"
                + " && cidr(self.cidr).containsCIDR(part)"
                + " && cidr(part).prefixLength() > cidr(self.cidr).prefixLength())",
        message = "each exception must be a smaller network inside cidr",
        fieldPath = ".except")
public record CidrTarget(
        @JsonPropertyDescription("A network, such as 203.0.113.0/24 or 2001:db8::/32; one address has /32 or /128.")
        @Required
        @Size(min = 1, max = 43)
        String cidr,

        @JsonPropertyDescription("Smaller networks inside it that stay refused.") @Size(max = 20)
        List<@Size(min = 1, max = 43) String> except) {

    public CidrTarget {
        except = Absent.or(except);
    }
}
