package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

@Wire
@ValidationRule(
        value = "!self.keys.exists(key, key in ['jwk.json', 'bridge.crt'])",
        message = "jwk.json and bridge.crt never leave the vault: remove them from keys",
        reason = "FieldValueForbidden",
        fieldPath = ".keys")
public record SecretGrant(
        @JsonPropertyDescription("The entry of this SecretScope, one that is made and rotated here.")
        @Required
        @Pattern(Syntax.LABEL)
        @Size(min = 1, max = Syntax.LABEL_LENGTH)
        String entry,

        @JsonPropertyDescription(
                "The SecretScope of this namespace that may use it. It has to claim it with an entry of type Granted.")
        @Required
        @Pattern(Syntax.SUBDOMAIN)
        @Size(min = 1, max = Syntax.SUBDOMAIN_LENGTH)
        String toScope,

        @JsonPropertyDescription("Which of its keys, and no other.") @Required @Size(min = 1, max = 20)
        List<@Pattern(Syntax.DATA_KEY) @Size(min = 1, max = 63) String> keys) {

    public SecretGrant {
        keys = Absent.or(keys);
    }
}
