package dev.bulkhead.bench;

import io.fabric8.kubernetes.api.model.AuthInfoBuilder;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The operator signs in with the token of a ServiceAccount, as in a cluster. With a client certificate fabric8 7.6 reads
 * the kubeconfig again for every request once it is a minute old, which would be measured instead.
 */
record Account(KubernetesClient client) {

    private static final String NAME = "bulkhead";
    private static final String NAMESPACE = "bulkhead-system";

    /** Writes a kubeconfig with the token beside the one of the administrator. */
    Path kubeconfig(Path ofAdministrator) {
        try {
            var config = Serialization.unmarshal(Files.readString(ofAdministrator), Config.class);
            config.getUsers()
                    .forEach(user -> user.setUser(
                            new AuthInfoBuilder().withToken(token()).build()));
            var file = ofAdministrator.resolveSibling("bulkhead.kubeconfig");
            return Files.writeString(file, Serialization.asYaml(config));
        } catch (IOException e) {
            throw new UncheckedIOException("the kubeconfig of the operator can't be written", e);
        }
    }

    /** Of somebody who may do everything. */
    String token() {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .serverSideApply();
        client.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName(NAME)
                        .withNamespace(NAMESPACE)
                        .endMetadata()
                        .build())
                .serverSideApply();
        client.resource(new ClusterRoleBindingBuilder()
                        .withNewMetadata()
                        .withName(NAME)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "cluster-admin")
                        .addNewSubject("", "ServiceAccount", NAME, NAMESPACE)
                        .build())
                .serverSideApply();
        return client.serviceAccounts()
                .inNamespace(NAMESPACE)
                .withName(NAME)
                .tokenRequest(new TokenRequestBuilder()
                        .withNewSpec()
                        .withExpirationSeconds(36_000L)
                        .endSpec()
                        .build())
                .getStatus()
                .getToken();
    }
}
