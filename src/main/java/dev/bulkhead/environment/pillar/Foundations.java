package dev.bulkhead.environment.pillar;

import dev.bulkhead.api.v1alpha1.ApiToken;
import dev.bulkhead.apply.Entry;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import java.util.stream.Stream;

/** What a workload's pods need before they start: an account of their own, and their files. */
final class Foundations {

    private Foundations() {}

    static Stream<Entry> of(Rendering rendering) {
        return Stream.concat(
                Stream.of(account(rendering)),
                rendering.spec().config().stream()
                        .map(files -> rendering.foundation(new ConfigMapBuilder()
                                .withMetadata(rendering.metadata(configMap(rendering.name(), files.name())))
                                .withData(files.data())
                                .build())));
    }

    /** With a dot, so that the files {@code c} of workload {@code a-b} and {@code b-c} of {@code a} are two. */
    static String configMap(String workload, String files) {
        return Names.dotted(workload, files);
    }

    private static Entry account(Rendering rendering) {
        return rendering.foundation(new ServiceAccountBuilder()
                .withMetadata(rendering.metadata(rendering.name()))
                .withAutomountServiceAccountToken(rendering.spec().apiToken() == ApiToken.Mounted)
                .build());
    }
}
