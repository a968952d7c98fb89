package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

@Wire
public record EgressBounds(
        @JsonPropertyDescription("The networks that may be reached, such as 203.0.113.0/24.")
        @Size(max = 100)
        @ValidationRule(
                value = "self.all(part, isCIDR(part) && cidr(part).ip() == cidr(part).masked().ip())",
                message = "each must be a network such as 203.0.113.0/24, with no bits set behind its prefix")
        List<@Size(min = 1, max = 43) String> cidrs,

        @JsonPropertyDescription("The hosts that may be called, such as api.example.com or *.example.com.")
        @Size(max = 100)
        List<
                        @Pattern("^([*][.])?[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$")
                        @Size(min = 1, max = 253) String>
                hosts) {

    public EgressBounds {
        cidrs = Absent.or(cidrs);
        hosts = Absent.or(hosts);
    }
}
