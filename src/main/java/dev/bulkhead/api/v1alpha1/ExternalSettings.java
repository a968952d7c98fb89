package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

@Wire
public record ExternalSettings(
        @JsonPropertyDescription("The store of External Secrets Operator that has the values.") @Required
        ExternalStore store,

        @JsonPropertyDescription("How often the store is asked, such as 1h.")
        @Default("1h")
        @Pattern("^[1-9][0-9]{0,3}(h|m)$")
        @Size(max = 5)
        String refreshInterval,

        @JsonPropertyDescription("The values.") @Required @Size(min = 1, max = 50)
        List<ExternalKey> data) {

    public ExternalSettings {
        refreshInterval = Absent.or(refreshInterval, "1h");
        data = Absent.or(data);
    }
}
