package dev.bulkhead.kube;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What Prometheus would get from an operator. */
public record Scrape(String text) {

    private static final Pattern SAMPLE = Pattern.compile("(?m)^(\\w+)[ {]");
    private static final Pattern OF_A_HISTOGRAM = Pattern.compile("_(bucket|count|sum|max|created)$");

    static Scrape of(int port) {
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/q/metrics".formatted(port)))
                            .build(),
                    BodyHandlers.ofString());
            return new Scrape(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public Set<String> metrics() {
        return SAMPLE.matcher(text)
                .results()
                .map(it -> metric(it.group(1)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The metric that a series belongs to: a histogram has several. */
    public static String metric(String series) {
        return OF_A_HISTOGRAM.matcher(series).replaceFirst("");
    }

    /** The labels of a metric, or of a histogram without its own. */
    public Set<String> labels(String metric) {
        return Pattern.compile("(?m)^%s(?:_count)?\\{(.*)} ".formatted(Pattern.quote(metric)))
                .matcher(text)
                .results()
                .flatMap(it -> Pattern.compile("(\\w+)=\"").matcher(it.group(1)).results())
                .map(it -> it.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
