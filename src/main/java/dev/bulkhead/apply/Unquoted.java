package dev.bulkhead.apply;

import io.fabric8.kubernetes.client.KubernetesClientException;

/** Why a Secret wasn't taken, without the words of whoever didn't: a webhook or a policy may quote the value. */
public final class Unquoted {

    private Unquoted() {}

    public static String reason(KubernetesClientException e) {
        return e.getStatus() == null
                ? "no answer of the API server that could be repeated (%d)".formatted(e.getCode())
                : "%s (%d). Who refuses a Secret may quote it, so no more is repeated: look at the quotas, policies and admission webhooks there"
                        .formatted(e.getStatus().getReason(), e.getCode());
    }
}
