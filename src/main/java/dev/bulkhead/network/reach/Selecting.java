package dev.bulkhead.network.reach;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Selectors and labels as they are written down. */
final class Selecting {

    /** The label that Kubernetes itself puts on every namespace. */
    static final String NAMESPACE_NAME = "kubernetes.io/metadata.name";

    private Selecting() {}

    /** A selector as an object of a kind without a class of its own holds it. */
    static LabelSelector of(Fields selector) {
        return new LabelSelectorBuilder()
                .withMatchLabels(selector.at("matchLabels").texts())
                .withMatchExpressions(selector.list("matchExpressions").stream()
                        .map(item -> new LabelSelectorRequirement(
                                item.text("key"), item.text("operator"), item.strings("values")))
                        .toList())
                .build();
    }

    static Map<String, String> orNone(@Nullable Map<String, String> labels) {
        return labels == null ? Map.of() : labels;
    }
}
