package dev.bulkhead.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How much to measure.
 *
 * @param samples environments one after the other
 * @param many environments at once
 * @param quiet environments that nothing happens to
 * @param window how many seconds nothing happens to them
 * @param profile whether the operator writes a flight recording while many environments are made
 */
record Settings(Path tree, List<String> jvmFlags, int samples, int many, int quiet, int window, boolean profile) {

    /** The image's options; the heap is what they give in a container with the chart's 384 MiB. */
    private static final String FLAGS = "@src/main/docker/jvm.options -Xms16m -Xmx192m";

    static Settings of(Path tree, Map<String, String> environment) {
        var flags = environment.getOrDefault("BENCH_JVM", FLAGS).strip();
        return new Settings(
                tree,
                flags.isEmpty() ? List.of() : List.of(flags.split(" +")),
                number(environment, "BENCH_SAMPLES", 50),
                number(environment, "BENCH_MANY", 500),
                number(environment, "BENCH_QUIET", 200),
                number(environment, "BENCH_WINDOW", 120),
                environment.containsKey("BENCH_PROFILE"));
    }

    private static int number(Map<String, String> environment, String name, int otherwise) {
        var value = environment.getOrDefault(name, "");
        try {
            return value.isEmpty() ? otherwise : Integer.parseInt(value);
        } catch (NumberFormatException _) {
            throw new IllegalArgumentException("%s is %s: give a whole number".formatted(name, value));
        }
    }
}
