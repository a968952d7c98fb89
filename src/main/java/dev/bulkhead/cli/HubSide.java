package dev.bulkhead.cli;

import dev.bulkhead.api.v1alpha1.KubeconfigSecretRef;
import dev.bulkhead.api.v1alpha1.KubeconfigSource;
import dev.bulkhead.api.v1alpha1.TargetCluster;
import dev.bulkhead.api.v1alpha1.TargetClusterSpec;
import dev.bulkhead.apply.Digest;
import dev.bulkhead.cluster.OwnNamespace;
import dev.bulkhead.cluster.TokenRotation;
import dev.bulkhead.secrets.escrow.EscrowHub;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** What the hub gets of a target: a kubeconfig Secret in the operator's namespace, and the TargetCluster that names it. */
record HubSide(KubernetesClient client) {

    static final String NAMESPACE = "bulkhead-system";
    static final String FIELD_MANAGER = "bulkhead-cli";
    private static final String KEY = "kubeconfig";

    /** Which hub it is: the operator writes it there at its first start. */
    static String id(KubernetesClient hub) {
        return Optional.ofNullable(hub.namespaces().withName(NAMESPACE).get())
                .flatMap(it -> Optional.ofNullable(it.getMetadata().getAnnotations()))
                .flatMap(it -> Optional.ofNullable(it.get(OwnNamespace.HUB_ID)))
                .orElseThrow(() -> new CommandFailure(
                        "the cluster doesn't say on its namespace %s which hub it is, as the operator does at its first start: is it the hub, and is Bulkhead installed there?"
                                .formatted(NAMESPACE)));
    }

    /** As the operator makes it: by a key that it made at its first start. */
    static Digest digest(KubernetesClient hub) {
        return new Digest(Base64.getDecoder().decode(digestKey(hub)));
    }

    /** In base64. */
    static String digestKey(KubernetesClient hub) {
        return EscrowHub.digestKey(hub, NAMESPACE)
                .orElseThrow(() -> new CommandFailure(
                        "the cluster of --kubeconfig has no Secret %s in namespace %s, as the operator makes it at its first start: is this the hub?"
                                .formatted(OwnNamespace.IDENTITY, NAMESPACE)));
    }

    void kubeconfig(String name, String text) {
        var secret = new SecretBuilder()
                .withNewMetadata()
                .withNamespace(NAMESPACE)
                .withName(name)
                .withAnnotations(Map.of(TokenRotation.ANNOTATION, TokenRotation.ENABLED))
                .endMetadata()
                .withType("Opaque")
                .withStringData(Map.of(KEY, text))
                .build();
        // The operator has renewed it since, if this isn't the first time.
        client.resource(secret).fieldManager(FIELD_MANAGER).forceConflicts().serverSideApply();
    }

    void cluster(String name) {
        var cluster = new TargetCluster();
        cluster.setMetadata(new ObjectMetaBuilder().withName(name).build());
        cluster.setSpec(new TargetClusterSpec(null, new KubeconfigSource(new KubeconfigSecretRef(name, KEY))));
        client.resource(cluster).fieldManager(FIELD_MANAGER).serverSideApply();
    }
}
