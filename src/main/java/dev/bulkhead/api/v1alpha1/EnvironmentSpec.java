package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record EnvironmentSpec(
        @Nullable Reference classRef,
        @Nullable Reference clusterRef,
        ReconcileMode reconcile,
        List<EnvironmentNamespace> namespaces,
        List<AccessGrant> access,
        @Nullable Mesh mesh,
        DeletionPolicy deletionPolicy,
        DeletionProtection deletionProtection) {

    public EnvironmentSpec {
        reconcile = Absent.or(reconcile, ReconcileMode.Apply);
        namespaces = Absent.or(namespaces);
        access = Absent.or(access);
        deletionPolicy = Absent.or(deletionPolicy, DeletionPolicy.Delete);
        deletionProtection = Absent.or(deletionProtection, DeletionProtection.Enabled);
    }
}
