package dev.bulkhead.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.status.Reason;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

/** What went wrong, in words that say what to do. */
class TroubleTest {

    @Test
    void eachKindOfTroubleSaysWhatToLookAt() {
        assertThat(said(new SSLHandshakeException("PKIX path building failed")))
                .contains("isn't one of the authority", "PKIX", "certificate-authority-data");
        assertThat(said(new UnknownHostException("k3s.example.com"))).contains("has no address: k3s.example.com");
        assertThat(said(new ConnectException("Connection refused"))).contains("Nobody answers");
        assertThat(said(new TimeoutException())).contains("didn't answer in time");
    }

    @Test
    void whatHasNoMessageIsSaidByItsName() {
        assertThat(said(new ClosedChannelException()))
                .contains("ClosedChannelException")
                .doesNotContain("null");
    }

    @Test
    void whatTheServerRefusesIsNoTroubleOfTheNetwork() {
        assertThat(Trouble.of(new KubernetesClientException("x", 401, null)).reason())
                .isEqualTo(Reason.CredentialRefused);
        assertThat(Trouble.of(new KubernetesClientException("x", 403, null)).reason())
                .isEqualTo(Reason.RightsMissing);
        assertThat(Trouble.of(new KubernetesClientException("x", 500, null)).reason())
                .isEqualTo(Reason.ClusterUnreachable);
    }

    private static String said(Exception cause) {
        return Trouble.of(new KubernetesClientException("An error has occurred.", new IOException(cause)))
                .message();
    }
}
