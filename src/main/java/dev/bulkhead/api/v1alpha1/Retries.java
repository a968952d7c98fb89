package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Wire
@ValidationRule(
        value = "has(self.http) || has(self.grpc)",
        message = "say what is asked for again: http, such as [gateway-error], or grpc, such as [unavailable]")
public record Retries(
        @JsonPropertyDescription(
                "Answers by their HTTP status: 5xx, gateway-error (502 to 504), a number such as 429, or a range"
                        + " such as 500-502.")
        @Size(min = 1, max = 16)
        List<@Pattern("^(5xx|gateway-error|[1-5][0-9]{2}(-[1-5][0-9]{2})?)$") @Size(max = 13) String> http,

        @JsonPropertyDescription("Answers by their gRPC status.") @Size(min = 1, max = 5)
        List<GrpcStatus> grpc,

        @JsonPropertyDescription("How often a request is repeated at most.") @Default("1") @Min(1) @Max(10)
        Integer limit,

        @JsonPropertyDescription("How long each try may take, such as 300ms or 2s, before it is given up and repeated."
                + " Without it: as long as timeouts let it.")
        @Pattern(Syntax.SHORT_TIME)
        @Size(max = Syntax.SHORT_TIME_LENGTH)
        @Nullable
        String timeout) {

    public Retries {
        http = Absent.or(http);
        grpc = Absent.or(grpc);
        limit = Absent.or(limit, 1);
    }
}
