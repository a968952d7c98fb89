package dev.bulkhead.network.reach;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Labels against selectors, as Kubernetes compares them. */
final class Selecting {

    /** The label that Kubernetes itself puts on every namespace. */
    static final String NAMESPACE_NAME = "kubernetes.io/metadata.name";

    private Selecting() {}

    static boolean matches(LabelSelector selector, Map<String, String> labels) {
        var wanted = selector.getMatchLabels();
        return (wanted == null || labels.entrySet().containsAll(wanted.entrySet()))
                && expressions(selector).stream().allMatch(expression -> matches(expression, labels));
    }

    private static List<LabelSelectorRequirement> expressions(LabelSelector selector) {
        var expressions = selector.getMatchExpressions();
        return expressions == null ? List.of() : expressions;
    }

    /** A label that isn't there is in no list, and so «not in» every one. */
    private static boolean matches(LabelSelectorRequirement expression, Map<String, String> labels) {
        var value = labels.get(expression.getKey());
        return switch (expression.getOperator()) {
            case "In" -> value != null && expression.getValues().contains(value);
            case "NotIn" -> value == null || !expression.getValues().contains(value);
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            default -> false;
        };
    }

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
