package dev.bulkhead.network;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Whether labels are selected, by the rules of Kubernetes. An empty selector selects everything. Objects of others come
 * without the parts that they don't use.
 */
public final class LabelSelection {

    private LabelSelection() {}

    public static boolean matches(LabelSelector selector, Map<String, String> labels) {
        var wanted = selector.getMatchLabels();
        return (wanted == null || labels.entrySet().containsAll(wanted.entrySet()))
                && Stream.ofNullable(selector.getMatchExpressions())
                        .flatMap(expressions -> expressions.stream())
                        .allMatch(expression -> matches(expression, labels));
    }

    /** A label that isn't there is in no list, and so «not in» every one. */
    private static boolean matches(LabelSelectorRequirement expression, Map<String, String> labels) {
        var value = labels.get(expression.getKey());
        var among = expression.getValues();
        return switch (expression.getOperator()) {
            case "In" -> value != null && among != null && among.contains(value);
            case "NotIn" -> value == null || among == null || !among.contains(value);
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            // An operator that nobody knows must not open a door.
            default -> false;
        };
    }
}
