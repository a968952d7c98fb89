package dev.bulkhead.apply;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParseException;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** A webhook or a policy may quote what it refuses, and of a Secret that is its value. */
class UnquotedTest {

    private static final Ref SECRET = new Ref(Kind.SECRET, "shop-staging-web", "db");
    private static final Ref FILE = new Ref(Kind.CONFIG_MAP, "shop-staging-web", "file");

    @Test
    void whyASecretIsRefusedIsSaidWithoutTheWordsOfWhoRefusesIt() {
        assertThat(Writer.failure(SECRET, refusal(422, "Invalid")).toString())
                .contains(SECRET + " was refused", "Invalid (422)", "admission webhooks")
                .doesNotContain("canary");
        assertThat(Writer.failure(SECRET, refusal(500, "InternalError")).toString())
                .contains(SECRET + " could not be written", "InternalError (500)")
                .doesNotContain("canary");
        assertThat(Writer.message(SECRET, refusal(403, "Forbidden"))).doesNotContain("canary");
    }

    @Test
    void whatBecameOfTheConnectionIsSaid() {
        assertThat(Writer.message(SECRET, new KubernetesClientException("this process doesn't lead", -1, null)))
                .endsWith("this process doesn't lead");
        assertThat(Writer.message(SECRET, new KubernetesClientException("create", new IOException("connection reset"))))
                .endsWith("connection reset");
        assertThat(Writer.message(
                        SECRET, new KubernetesClientException("create", new JsonParseException(null, "at canary"))))
                .endsWith("the API server's answer doesn't parse");
    }

    @Test
    void whyAnythingElseIsRefusedIsSaidInItsWords() {
        assertThat(Writer.failure(FILE, refusal(422, "Invalid")).toString()).contains("value canary is no good");
    }

    private static KubernetesClientException refusal(int code, String reason) {
        return new KubernetesClientException(new StatusBuilder()
                .withCode(code)
                .withReason(reason)
                .withMessage("value canary is no good")
                .build());
    }
}
