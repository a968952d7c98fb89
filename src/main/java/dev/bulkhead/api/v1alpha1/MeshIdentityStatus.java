package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Wire
public record MeshIdentityStatus(
        @JsonPropertyDescription("What all proxies trust.") @Nullable
        SecretEntryStatus trustAnchor,

        @JsonPropertyDescription("What signs the proxies' certificates.") @Nullable
        SecretEntryStatus issuer,

        @JsonPropertyDescription("How many pods the rotation under way waits for.") @Nullable
        Integer podsBehind,

        @JsonPropertyDescription("Some of them, as namespace/name.") @Size(max = 5)
        List<String> behind) {

    /** How many pods are named. */
    public static final int MOST_NAMED = 5;

    public MeshIdentityStatus {
        behind = Absent.or(behind);
    }
}
