package dev.bulkhead.network.reach;

import dev.bulkhead.api.v1alpha1.Protocol;
import dev.bulkhead.network.LabelSelection;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.LabelSelector;

/**
 * What Linkerd calls a Server: a port of some pods.
 *
 * @param pods empty selectors select all; a Server for machines outside the cluster selects no pods
 */
record Server(GenericKubernetesResource object, String namespace, LabelSelector pods, Fields spec) {

    static Server of(GenericKubernetesResource object) {
        var spec = Fields.spec(object);
        return new Server(object, object.getMetadata().getNamespace(), Selecting.of(spec.at("podSelector")), spec);
    }

    String name() {
        return object.getMetadata().getName();
    }

    /** The ports of a callee that it is about, whether or not an older one has them. */
    PortSet ports(Endpoint callee) {
        if (!callee.meshed()
                || !callee.namespace().equals(namespace)
                || !spec.has("podSelector")
                || !LabelSelection.matches(pods, callee.labels())) {
            return PortSet.NONE;
        }
        return spec.number("port") > 0
                ? PortSet.of(Protocol.TCP, spec.number("port"))
                : callee.named(Protocol.TCP, spec.text("port"));
    }
}
