package dev.bulkhead.cli.live;

import dev.bulkhead.api.v1alpha1.OperationStatus;
import dev.bulkhead.status.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What an Operation says of itself, as lines of which none is said twice. */
public final class OperationLog {

    private static final String ITSELF = "";

    private final Map<String, String> said = new HashMap<>();

    /** What is new since the last time. */
    public List<String> news(OperationStatus status) {
        var news = new ArrayList<String>();
        for (var result : status.results()) {
            if (isNew(result.object(), result.text())) {
                news.add("%s: %s".formatted(result.object(), result.text()));
            }
        }
        // Object by object it is said already, unless nothing could be done.
        if (status.results().isEmpty() || status.completionTime() != null) {
            Conditions.find(status.conditions(), Conditions.READY)
                    .filter(it -> isNew(ITSELF, it.getMessage()))
                    .map(OperationLog::line)
                    .ifPresent(news::add);
        }
        return news;
    }

    public static boolean isDone(OperationStatus end) {
        return Conditions.find(end.conditions(), Conditions.READY)
                .filter(it -> "True".equals(it.getStatus()))
                .isPresent();
    }

    private boolean isNew(String object, String text) {
        return !text.equals(said.put(object, text));
    }

    private static String line(Condition ready) {
        return "%s: %s".formatted(ready.getReason(), ready.getMessage());
    }
}
