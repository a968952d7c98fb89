package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Wire
@ValidationRule(
        value = "has(self.headers) || has(self.method) || has(self.pathPrefix)",
        message = "name headers, a method or a pathPrefix; for all requests leave match out")
public record RouteMatch(
        @JsonPropertyDescription("Headers that a request must have, all of them, with these values.")
        @Size(min = 1, max = 16)
        List<HeaderMatch> headers,

        @JsonPropertyDescription("The method. Without it: any.") @Nullable
        HttpMethod method,

        @JsonPropertyDescription(
                "This path and all below it: /v1 is for /v1 and /v1/orders, not for /v10. Without it: all.")
        @Pattern(Syntax.HTTP_PATH)
        @Size(min = 1, max = Syntax.HTTP_PATH_LENGTH)
        @Nullable
        String pathPrefix) {

    public RouteMatch {
        headers = Absent.or(headers);
    }
}
