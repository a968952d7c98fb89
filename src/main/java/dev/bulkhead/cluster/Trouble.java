package dev.bulkhead.cluster;

import dev.bulkhead.status.Reason;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** What went wrong on the way to a target cluster, in words for a person. */
final class Trouble {

    private static final int DEEPEST = 10;

    private Trouble() {}

    static ProbeResult.Failed of(Throwable e) {
        var chain = Stream.iterate(e, Objects::nonNull, Throwable::getCause)
                .limit(DEEPEST)
                .toList();
        var answer = chain.stream()
                .filter(KubernetesClientException.class::isInstance)
                .mapToInt(it -> ((KubernetesClientException) it).getCode())
                .filter(code -> code > 0)
                .findFirst()
                .orElse(0);
        return switch (answer) {
            case HttpURLConnection.HTTP_UNAUTHORIZED ->
                ProbeResult.passing(
                        Reason.CredentialRefused,
                        "Its API server doesn't take the credential in the kubeconfig (401). Renew it: `bulkhead cluster"
                                + " add` makes one that is renewed by itself");
            case HttpURLConnection.HTTP_FORBIDDEN ->
                ProbeResult.passing(
                        Reason.RightsMissing,
                        "Its API server forbids what is needed to begin: %s. Apply the rights of examples/target-cluster"
                                .formatted(last(chain)));
            default -> ProbeResult.passing(Reason.ClusterUnreachable, words(chain));
        };
    }

    private static String words(List<Throwable> chain) {
        if (has(chain, SSLException.class)) {
            return "Its certificate isn't one of the authority in the kubeconfig: %s. Correct certificate-authority-data"
                    .formatted(last(chain));
        }
        if (has(chain, UnknownHostException.class)) {
            return "The host in its kubeconfig has no address: %s. Check the name, and the DNS that the operator asks"
                    .formatted(last(chain));
        }
        if (has(chain, ConnectException.class)) {
            return "Nobody answers at its address: %s. Check the address, the network and the cluster"
                    .formatted(last(chain));
        }
        return has(chain, TimeoutException.class)
                ? "It didn't answer in time. Check the network and the cluster"
                : "It can't be reached: %s. Check the network and the cluster".formatted(last(chain));
    }

    private static boolean has(List<Throwable> chain, Class<? extends Throwable> type) {
        return chain.stream().anyMatch(type::isInstance);
    }

    private static String last(List<Throwable> chain) {
        var last = chain.getLast();
        return last instanceof KubernetesClientException e
                        && e.getStatus() != null
                        && e.getStatus().getMessage() != null
                ? e.getStatus().getMessage()
                : Objects.requireNonNullElse(last.getMessage(), last.getClass().getSimpleName());
    }
}
