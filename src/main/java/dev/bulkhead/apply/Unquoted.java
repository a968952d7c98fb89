package dev.bulkhead.apply;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Objects;
import java.util.stream.Stream;

/** Why a Secret wasn't taken, without the words of whoever didn't: a webhook or a policy may quote the value. */
public final class Unquoted {

    private static final int DEEPEST = 10;

    private Unquoted() {}

    public static String reason(KubernetesClientException e) {
        return e.getStatus() == null
                ? own(e)
                : "%s (%d). Who refuses a Secret may quote it, so no more is repeated: look at the quotas, policies and admission webhooks there"
                        .formatted(e.getStatus().getReason(), e.getCode());
    }

    /** What became of the connection, or that we don't lead. What doesn't parse is quoted as well. */
    private static String own(KubernetesClientException e) {
        var chain = Stream.<Throwable>iterate(e, Objects::nonNull, Throwable::getCause)
                .limit(DEEPEST)
                .toList();
        return chain.stream().anyMatch(JsonProcessingException.class::isInstance)
                ? "the API server's answer doesn't parse"
                : String.valueOf(chain.getLast().getMessage());
    }
}
