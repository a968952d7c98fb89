package dev.bulkhead.faults;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Map;

/** What an API server says when it refuses. */
final class StatusBody {

    private static final Map<Integer, String> REASONS = Map.of(
            401, "Unauthorized",
            403, "Forbidden",
            404, "NotFound",
            409, "Conflict",
            410, "Expired",
            413, "RequestEntityTooLarge",
            422, "Invalid",
            429, "TooManyRequests",
            500, "InternalError",
            503, "ServiceUnavailable");

    private StatusBody() {}

    static String of(int code, String message) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("kind", "Status")
                .put("apiVersion", "v1")
                .put("status", "Failure")
                .put("message", message)
                .put("reason", REASONS.getOrDefault(code, "Unknown"))
                .put("code", code)
                .toString();
    }
}
