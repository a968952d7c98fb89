package dev.bulkhead.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What one client asked of an API server since a mark, counted from its audit log: {@code "patch namespaces"} → how
 * often. Watches and leases are left out.
 */
final class AuditCount {

    private static final Set<String> WRITES = Set.of("create", "update", "patch", "delete", "deletecollection");

    /** Of a time such as 2026-01-01T00:00:00.000000Z. */
    private static final int SECOND = 19;

    private static final String VAULT = "bulkhead-vault-";

    private final Path log;
    private final String userAgent;
    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, Integer> bySecond = new HashMap<>();
    private final Map<String, Integer> vaultBySecond = new HashMap<>();
    private long mark;

    AuditCount(Path log, String userAgent) {
        this.log = log;
        this.userAgent = userAgent;
        mark();
    }

    /** How many writes ended in the second with most, of those that were counted last. */
    int busiestSecond() {
        return bySecond.values().stream().max(Integer::compare).orElse(0);
    }

    /** The same of those that went to a vault. */
    int busiestSecondOfVaults() {
        return vaultBySecond.values().stream().max(Integer::compare).orElse(0);
    }

    /** Forgets everything until now. */
    void mark() {
        bySecond.clear();
        vaultBySecond.clear();
        mark = log.toFile().length();
    }

    Map<String, Integer> requests() {
        var counts = new TreeMap<String, Integer>();
        bySecond.clear();
        vaultBySecond.clear();
        try (var file = FileChannel.open(log)) {
            file.position(mark);
            var lines =
                    new BufferedReader(new InputStreamReader(Channels.newInputStream(file), StandardCharsets.UTF_8));
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                count(line, counts);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the audit log is not readable: " + log, e);
        }
        return counts;
    }

    private void count(String line, Map<String, Integer> counts) throws IOException {
        // The server may be in the middle of its last line.
        if (!line.endsWith("}")) {
            return;
        }
        var event = json.readTree(line);
        if (isOurs(event)) {
            if (WRITES.contains(event.path("verb").asText())) {
                var second = event.path("stageTimestamp").asText().substring(0, SECOND);
                bySecond.merge(second, 1, Integer::sum);
                if (event.path("objectRef").path("namespace").asText().startsWith(VAULT)) {
                    vaultBySecond.merge(second, 1, Integer::sum);
                }
            }
            var object = event.path("objectRef");
            var resource =
                    object.path("resource").asText(event.path("requestURI").asText());
            var subresource = object.path("subresource").asText();
            var code = event.path("responseStatus").path("code").asInt();
            var what = event.path("verb").asText() + " " + resource + (subresource.isEmpty() ? "" : "/" + subresource);
            // What was not found or not taken is told apart: it is work for nothing.
            counts.merge(code < 400 ? what : "%s (%d)".formatted(what, code), 1, Integer::sum);
        }
    }

    private boolean isOurs(JsonNode event) {
        return event.path("stage").asText().equals("ResponseComplete")
                && event.path("userAgent").asText().equals(userAgent)
                && !event.path("verb").asText().equals("watch")
                && !event.path("objectRef").path("resource").asText().equals("leases");
    }

    static Predicate<Map.Entry<String, Integer>> writes() {
        return entry ->
                WRITES.contains(entry.getKey().substring(0, entry.getKey().indexOf(' ')));
    }

    static int sum(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    static int writes(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .filter(writes())
                .mapToInt(Map.Entry::getValue)
                .sum();
    }
}
