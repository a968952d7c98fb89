package dev.bulkhead.cluster;

import dev.bulkhead.apply.Kind;
import dev.bulkhead.apply.Ref;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.net.HttpURLConnection;
import java.util.Optional;

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

    /**
     * Deletes the object that has this UID, and no other of its name.
     *
     * @return what is still there and has begun to go; nothing if it is gone
     */
    Optional<GenericKubernetesResource> delete(Ref ref, String uid) {
        var kind = ref.kind();
        var path = (kind.group().isEmpty() ? "/api/" : "/apis/") + kind.apiVersion()
                + (ref.namespace().isEmpty() ? "" : "/namespaces/" + ref.namespace()) + "/" + kind.plural() + "/"
                + ref.name();
        var options = new DeleteOptionsBuilder()
                .withApiVersion("v1")
                .withKind("DeleteOptions")
                .withPropagationPolicy("Background")
                .withNewPreconditions()
                .withUid(uid)
                .endPreconditions()
                .build();
        try {
            var answer = client.raw(path, "DELETE", options);
            return Optional.of(client.getKubernetesSerialization().unmarshal(answer, GenericKubernetesResource.class))
                    // Of some kinds the answer is the object that is gone, of others a Status.
                    .filter(it -> kind.kind().equals(it.getKind()))
                    .filter(it -> it.getMetadata().getDeletionTimestamp() != null);
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    Resource<GenericKubernetesResource> of(Ref ref, GenericKubernetesResource object) {
        var all = of(ref.kind());
        return ref.namespace().isEmpty()
                ? all.resource(object)
                : all.inNamespace(ref.namespace()).resource(object);
    }
}
