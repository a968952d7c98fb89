package dev.bulkhead.faults.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where all that an operator sends has to pass, in the thread that sends it. Knows whose environment a write is about. */
final class Gate implements Interceptor {

    /** Hub namespaces of these tests have no dash in them, and their target namespaces begin with them. */
    private static final Pattern NAMESPACE = Pattern.compile("/namespaces/(?:bulkhead-vault-)?([a-z0-9]+)");

    private static final Pattern INVENTORY = Pattern.compile("/configmaps/(inventory-[a-z0-9]+)");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Life> lives;
    private final Map<String, String> hubsOfInventories;
    private final HttpClient courier;
    private volatile boolean shut;
    private volatile long lastWrite = System.nanoTime();

    /**
     * @param lives hub namespace → what may be written for it
     * @param hubsOfInventories filled as inventories are made; they are named by a hash
     * @param courier brings what arrives late
     */
    Gate(Map<String, Life> lives, Map<String, String> hubsOfInventories, HttpClient courier) {
        this.courier = courier;
        this.lives = lives;
        this.hubsOfInventories = hubsOfInventories;
    }

    /** The process is dead: nothing of it passes any more. */
    void shut() {
        shut = true;
    }

    /** How long nothing has been written. */
    Duration quiet() {
        return Duration.ofNanos(System.nanoTime() - lastWrite);
    }

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        if (shut) {
            throw new Life.Dead();
        }
        if (isWrite(request)) {
            lastWrite = System.nanoTime();
            life(request).ifPresent(life -> life.sends(words(request.method(), request.uri()), () -> again(request)));
        }
    }

    @Override
    public void after(HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        if (isWrite(request)) {
            life(request).ifPresent(Life::answered);
        }
    }

    @Override
    public void afterConnectionFailure(HttpRequest request, Throwable failure) {
        if (isWrite(request)) {
            life(request).ifPresent(Life::answered);
        }
    }

    private void again(HttpRequest request) {
        var headers = new HashMap<>(request.headers());
        var types = headers.remove("Content-Type");
        var write = courier.newHttpRequestBuilder()
                .uri(request.uri().toString())
                .method(request.method(), types == null ? "application/json" : types.getFirst(), request.bodyString());
        headers.forEach((name, values) -> values.forEach(value -> write.setHeader(name, value)));
        courier.sendAsync(write.build(), String.class);
    }

    private static boolean isWrite(HttpRequest request) {
        return switch (request.method()) {
            case "GET", "HEAD" -> false;
            default ->
                !request.uri().getPath().contains("/leases")
                        && !String.valueOf(request.uri().getQuery()).contains("dryRun=All");
        };
    }

    private Optional<Life> life(HttpRequest request) {
        return hub(request).map(lives::get);
    }

    private Optional<String> hub(HttpRequest request) {
        var path = request.uri().getPath();
        var namespace = NAMESPACE.matcher(path);
        if (namespace.find() && lives.containsKey(namespace.group(1))) {
            return Optional.of(namespace.group(1));
        }
        var inventory = INVENTORY.matcher(path);
        return inventory.find()
                ? Optional.ofNullable(hubsOfInventories.get(inventory.group(1)))
                : path.endsWith("/configmaps")
                        ? learned(request)
                        : path.endsWith("/namespaces") ? labelled(metadata(request)) : Optional.empty();
    }

    /** An inventory that is made says whose it is. */
    private Optional<String> learned(HttpRequest request) {
        var metadata = metadata(request);
        hubsOfInventories.put(
                metadata.path("name").asText(),
                metadata.path("labels").path("bulkhead.dev/hub-namespace").asText());
        return labelled(metadata);
    }

    private Optional<String> labelled(JsonNode metadata) {
        return Optional.of(metadata.path("labels")
                        .path("bulkhead.dev/hub-namespace")
                        .asText())
                .filter(lives::containsKey);
    }

    private static JsonNode metadata(HttpRequest request) {
        try {
            return JSON.readTree(request.bodyString()).path("metadata");
        } catch (IOException e) {
            throw new UncheckedIOException("not JSON: " + request.uri(), e);
        }
    }

    private static String words(String method, URI uri) {
        return method + " " + uri.getPath();
    }
}
