package dev.bulkhead.network.reach;

import dev.bulkhead.api.v1alpha1.Protocol;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One call of the brute-force model, as concrete as it gets.
 *
 * @param from the calling pods; none: somebody who is no pod
 * @param fromAddress where it comes from
 * @param request none: bytes that are no HTTP
 */
record Packet(
        @Nullable Endpoint from,
        String fromAddress,
        @Nullable Endpoint to,
        String toAddress,
        Protocol protocol,
        int port,
        @Nullable Request request) {

    /**
     * @param extras what it brings in headers and queries, as routes write it; «any» brings all
     * @param host the name that it calls the server by; empty: one that no route knows
     */
    record Request(String method, String path, Set<String> extras, String host) {

        static Request of(String method, String path) {
            return new Request(method, path, Set.of(), "");
        }
    }
}
