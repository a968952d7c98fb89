package dev.bulkhead.apply;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;

/** A target in which something runs already. Asked only when an Operation says so: nothing of this is watched. */
public interface Site extends Target {

    List<GenericKubernetesResource> list(Kind kind, String namespace);

    List<Pod> pods(String namespace);
}
