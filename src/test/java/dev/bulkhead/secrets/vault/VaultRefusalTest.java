package dev.bulkhead.secrets.vault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.cluster.OperatorAccount;
import dev.bulkhead.secrets.material.Minted;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.server.mock.KubernetesMixedDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What somebody says who refuses a version may have its value in it, and would go to the log and to a status. */
class VaultRefusalTest {

    private static final EnvironmentId STAGING = new EnvironmentId("shop", "staging");

    private final Map<ServerRequest, Queue<ServerResponse>> answers = new HashMap<>();
    private final KubernetesMockServer server = new KubernetesMockServer(
            new Context(), new MockWebServer(), answers, new KubernetesMixedDispatcher(answers), false);

    @AfterEach
    void close() {
        server.destroy();
    }

    @Test
    void whoeverRefusesAVersionIsNotQuoted() {
        server.init();
        server.expect()
                .post()
                .withPath("/api/v1/namespaces/bulkhead-vault-shop/secrets")
                .andReturn(
                        422,
                        new StatusBuilder()
                                .withCode(422)
                                .withReason("Invalid")
                                .withMessage("admission webhook says that canary is too long")
                                .build())
                .always();

        var trace = new StringWriter();
        try (var client = server.createClient()) {
            var vault = new Vault(client, "hub-1", OperatorAccount.NONE);
            assertThatThrownBy(() -> vault.put(
                            STAGING,
                            "db",
                            1,
                            "0123456789abcdef",
                            "recipe",
                            () -> new Minted(Map.of("value", "canary".getBytes(UTF_8)), null, null, 0)))
                    .isInstanceOf(KubernetesClientException.class)
                    .hasMessageContaining("version 1 of shop/staging/db")
                    .hasMessageContaining("Invalid (422)")
                    .satisfies(it -> it.printStackTrace(new PrintWriter(trace, true)));
        }
        assertThat(trace.toString()).doesNotContain("canary");
    }
}
