package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Wire
@ValidationRule(
        value = "!has(oldSelf.classRef) || has(self.classRef) && self.classRef.name == oldSelf.classRef.name",
        message = "classRef is immutable once set: make a new environment of the other class",
        fieldPath = ".classRef")
@ValidationRule(
        value = "!has(oldSelf.clusterRef) || has(self.clusterRef) && self.clusterRef.name == oldSelf.clusterRef.name",
        message = "clusterRef is immutable once set: make a new environment on the other cluster",
        fieldPath = ".clusterRef")
@ValidationRule(
        value = "!has(self.access) || self.access.all(grant, !has(grant.namespaces) ||"
                + " grant.namespaces.all(name, self.namespaces.exists(known, known.name == name)))",
        message = "a grant names a namespace that spec.namespaces does not have: correct one of the two",
        fieldPath = ".access")
public record EnvironmentSpec(
        @JsonPropertyDescription(
                "The EnvironmentClass that bounds this environment. Immutable once set. Without it: the"
                        + " class that is marked as default.")
        @Nullable
        Reference classRef,

        @JsonPropertyDescription("The TargetCluster that this environment lives in; its class must allow it. Immutable"
                + " once set. Without it: the class's defaultCluster.")
        @Nullable
        Reference clusterRef,

        @JsonPropertyDescription(
                "Apply keeps the cluster as written here. Plan writes nothing and shows in status.plan what"
                        + " it would do. Pause holds everything as it is; drift is not repaired.")
        @Default("Apply")
        ReconcileMode reconcile,

        @JsonPropertyDescription("The namespaces of the environment. Removing one deletes it, unless it holds volume"
                + " claims: then it is kept and reported.")
        @Required
        @Size(min = 1, max = 50)
        List<EnvironmentNamespace> namespaces,

        @JsonPropertyDescription("Which people may do what in the namespaces.") @Size(max = 20)
        List<AccessGrant> access,

        @JsonPropertyDescription("The service mesh. Without it: the class's meshProvider, else no mesh.") @Nullable
        Mesh mesh,

        @JsonPropertyDescription(
                "What happens to the namespaces when the environment is deleted. Namespaces with volume"
                        + " claims are kept either way.")
        @Default("Delete")
        DeletionPolicy deletionPolicy,

        @JsonPropertyDescription(
                "Enabled refuses to take the environment down when it is deleted: it stays, and says so,"
                        + " until this is Disabled.")
        @Default("Enabled")
        DeletionProtection deletionProtection) {

    public EnvironmentSpec {
        reconcile = Absent.or(reconcile, ReconcileMode.Apply);
        namespaces = Absent.or(namespaces);
        access = Absent.or(access);
        deletionPolicy = Absent.or(deletionPolicy, DeletionPolicy.Delete);
        deletionProtection = Absent.or(deletionProtection, DeletionProtection.Enabled);
    }

    /** Its own mesh, else its class's, else none. */
    public Mesh meshUnder(EnvironmentClassSpec environmentClass) {
        if (mesh != null) {
            return mesh;
        }
        return new Mesh(
                environmentClass.meshProvider() == MeshProvider.Linkerd ? MeshProvider.Linkerd : MeshProvider.None,
                null);
    }
}
