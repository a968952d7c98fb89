package dev.bulkhead.cluster;

import dev.bulkhead.apply.Kind;
import dev.bulkhead.apply.Ref;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;

/** The client's view of our kinds. Always generic: what we don't know of an object is not lost on the way. */
record Resources(KubernetesClient client) {

    MixedOperation<GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>> of(
            Kind kind) {
        return client.genericKubernetesResources(new ResourceDefinitionContext.Builder()
                .withGroup(kind.group())
                .withVersion(kind.version())
                .withKind(kind.kind())
                .withPlural(kind.plural())
                .withNamespaced(kind.scope() == Kind.Scope.NAMESPACED)
                .build());
    }

    Resource<GenericKubernetesResource> of(Ref ref) {
        var all = of(ref.kind());
        return ref.namespace().isEmpty()
                ? all.withName(ref.name())
                : all.inNamespace(ref.namespace()).withName(ref.name());
    }

    Resource<GenericKubernetesResource> of(Ref ref, GenericKubernetesResource object) {
        var all = of(ref.kind());
        return ref.namespace().isEmpty()
                ? all.resource(object)
                : all.inNamespace(ref.namespace()).resource(object);
    }
}
