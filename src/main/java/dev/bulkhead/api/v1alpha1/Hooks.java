package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

@Wire
@ValidationRule(
        value = "has(self.install) || has(self.verify) || has(self.revoke)",
        message = "name at least one of install, verify and revoke",
        reason = "FieldValueRequired")
public record Hooks(
        @JsonPropertyDescription(
                "Makes the peer accept the new value, before anybody uses it: sets a password, adds a key.")
        @Nullable
        Hook install,

        @JsonPropertyDescription("Tries the new value at the peer. Only what passes is published.") @Nullable
        Hook verify,

        @JsonPropertyDescription("Makes the peer refuse the old value, once nobody uses it.") @Nullable
        Hook revoke,

        @JsonPropertyDescription(
                "How long one of them may take, such as 5m. It is then stopped, and tried again with the same"
                        + " value.")
        @Default("5m")
        @Pattern("^[1-9][0-9]{0,3}(s|m)$")
        @Size(max = 5)
        String timeout) {

    public Hooks {
        timeout = Absent.or(timeout, "5m");
    }
}
