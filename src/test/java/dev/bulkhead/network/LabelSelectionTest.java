package dev.bulkhead.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of whole selectors of namespaces, AcceptanceTest shows; this is about what others leave out. */
class LabelSelectionTest {

    @ParameterizedTest
    @CsvSource({
        "In, false",
        "NotIn, true",
        "Exists, true",
        "DoesNotExist, false",
        "Likes, false",
    })
    void aSelectorIsReadWithoutThePartsThatNobodyWrote(String operator, boolean selected) {
        var selector = new LabelSelector();
        selector.setMatchLabels(null);
        selector.setMatchExpressions(List.of(new LabelSelectorRequirement("team", operator, null)));

        assertThat(LabelSelection.matches(selector, Map.of("team", "shop"))).isEqualTo(selected);

        selector.setMatchExpressions(null);
        assertThat(LabelSelection.matches(selector, Map.of())).isTrue();
    }
}
