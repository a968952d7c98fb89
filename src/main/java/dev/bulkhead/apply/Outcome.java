package dev.bulkhead.apply;

import java.util.List;
import java.util.stream.Stream;

/**
 * What one pass did, object by object.
 *
 * @param approved the word of the removals that were done because somebody had approved them; else empty
 */
public record Outcome(List<Applied> results, String approved) {

    public Outcome(List<Applied> results) {
        this(results, "");
    }

    public Outcome {
        results = List.copyOf(results);
    }

    public <T extends Applied> Stream<T> all(Class<T> type) {
        return results.stream().filter(type::isInstance).map(type::cast);
    }

    /** Whether everything that is planned is there, as planned, and nothing else of ours. */
    public boolean complete() {
        return results.stream().allMatch(result -> switch (result) {
            case Applied.Unchanged _, Applied.Created _, Applied.Changed _, Applied.Removed _, Applied.Kept _ -> true;
            case Applied.Foreign _, Applied.Refused _, Applied.Waiting _, Applied.Contested _, Applied.Withheld _ ->
                false;
        });
    }
}
