package dev.bulkhead.cluster.capability;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the Deployment of a component of the platform tells about it. */
record Installation(Deployment deployment) {

    private static final String VERSION = "app.kubernetes.io/version";
    private static final Pattern TAG = Pattern.compile(":([A-Za-z0-9_][A-Za-z0-9_.-]*)(@|$)");
    private static final Pattern NUMBER = Pattern.compile("v?(\\d{1,6})\\.(\\d{1,6})\\..*");

    /** What its labels say, else the tag of its first image. */
    Optional<String> version() {
        return Optional.ofNullable(deployment.getMetadata().getLabels())
                .map(labels -> labels.get(VERSION))
                .or(() -> containers().findFirst().map(Container::getImage).flatMap(Installation::tag));
    }

    private static Optional<String> tag(String image) {
        return TAG.matcher(image.substring(image.lastIndexOf('/') + 1))
                .results()
                .findFirst()
                .map(found -> found.group(1));
    }

    /** Whether it is of this version or a newer one; absent when its version is no number. */
    Optional<Boolean> isAtLeast(int major, int minor) {
        return version()
                .flatMap(version -> NUMBER.matcher(version).results().findFirst())
                .map(found -> number(found, 1) > major || number(found, 1) == major && number(found, 2) >= minor);
    }

    private static int number(MatchResult found, int group) {
        return Integer.parseInt(found.group(group));
    }

    /** The value of an argument, in whatever of its containers, with one dash or two. */
    Optional<String> argument(String name) {
        var pattern = Pattern.compile("--?" + Pattern.quote(name) + "=(.*)");
        return containers()
                .flatMap(container -> Stream.of(container.getCommand(), container.getArgs()))
                .filter(Objects::nonNull)
                .flatMap(List::stream)
                .flatMap(argument -> pattern.matcher(argument).results())
                .map(found -> found.group(1))
                .findFirst();
    }

    private Stream<Container> containers() {
        return deployment.getSpec().getTemplate().getSpec().getContainers().stream();
    }
}
