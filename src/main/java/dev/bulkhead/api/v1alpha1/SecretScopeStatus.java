package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SecretScopeStatus(
        @Nullable Long observedGeneration,
        List<Condition> conditions,
        @Nullable String environment,
        List<SecretEntryStatus> entries) {

    public SecretScopeStatus {
        conditions = Absent.or(conditions);
        entries = Absent.or(entries);
    }
}
