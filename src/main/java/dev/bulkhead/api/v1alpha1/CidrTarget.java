package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CidrTarget(String cidr, List<String> except) {

    public CidrTarget {
        except = Absent.or(except);
    }
}
