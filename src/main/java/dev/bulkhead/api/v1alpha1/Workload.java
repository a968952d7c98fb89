package dev.bulkhead.api.v1alpha1;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

@Group("bulkhead.dev")
@Version("v1alpha1")
@Plural("workloads")
@ShortNames("wl")
public final class Workload extends CustomResource<WorkloadSpec, WorkloadStatus> implements Namespaced {

    /** What the environment calls it: {@code spec.name}, else {@code metadata.name}. */
    public String name() {
        return Absent.or(getSpec().name(), getMetadata().getName());
    }
}
