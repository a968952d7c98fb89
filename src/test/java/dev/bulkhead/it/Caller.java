package dev.bulkhead.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.concurrent.TimeUnit;

/** Asks an API server for anything, and takes the answer as it is. */
record Caller(KubernetesClient client) {

    static final String JSON = "application/json";
    static final String MERGE = "application/merge-patch+json";
    static final String APPLY = "application/apply-patch+yaml";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** @param code of HTTP */
    record Answer(int code, String body) {

        /** Of the chart. */
        boolean isByPolicy() {
            return code == 403 && body.contains("ValidatingAdmissionPolicy 'bulkhead-");
        }

        /** RBAC says who {@code cannot} do what, or hands out what he hasn't. */
        boolean isByRbac() {
            return code == 403 && (body.contains(" cannot ") || body.contains("attempting to grant RBAC permissions"));
        }

        JsonNode tree() {
            try {
                return MAPPER.readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    Answer get(String path) {
        return ask("GET", path, "", JSON);
    }

    Answer ask(String method, String path, String body, String type) {
        var http = client.getHttpClient();
        var request = http.newHttpRequestBuilder()
                .uri(URI.create(client.getMasterUrl().toString().replaceAll("/$", "") + path));
        if (body.isEmpty()) {
            request.method(method, null, null);
        } else {
            request.method(method, type, body);
        }
        try {
            var answer = http.sendAsync(request.build(), String.class)
                    .orTimeout(30, TimeUnit.SECONDS)
                    .join();
            return new Answer(answer.code(), answer.bodyString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
