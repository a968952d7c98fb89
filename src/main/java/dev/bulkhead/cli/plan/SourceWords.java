package dev.bulkhead.cli.plan;

import dev.bulkhead.apply.Entry.Source;
import java.util.stream.Collectors;

/** Where a secret value comes from, in words. Never the value. */
final class SourceWords {

    private SourceWords() {}

    static String of(Source source) {
        var copies = source.copies()
                .map(copy -> "key %s of Secret %s".formatted(copy.key(), copy.secret()))
                .collect(Collectors.joining(", "));
        return switch (source) {
            case Source.Copy _ -> copies;
            case Source.Lines _, Source.SingleLines _ -> "together " + copies;
            case Source.KeySet _ -> "the key set of " + copies;
            case Source.Text _ -> "a text with " + copies;
        };
    }
}
