package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** Who reaches whom, worked out from what is planned and from what others have put beside it. */
@Wire
public record ReachStatus(
        @JsonPropertyDescription(
                "How many edges are open: somebody reaches somebody on some ports. Those that only a node"
                        + " or a probe has don't count.")
        @Required
        @Min(0)
        Integer allowed,

        @JsonPropertyDescription("How many edges are asked for, and aren't open.") @Required @Min(0)
        Integer missing,

        @JsonPropertyDescription("How many edges are open, and nobody asked for them.") @Required @Min(0)
        Integer extra,

        @JsonPropertyDescription(
                "How many things make the perimeter weaker than it looks; `bulkhead reach` lists them.")
        @Required
        @Min(0)
        Integer findings,

        @JsonPropertyDescription("The first few of what is missing, extra, or found, in words.") @Size(max = 5)
        List<@Size(max = 1024) String> first) {

    public ReachStatus {
        first = Absent.or(first);
    }
}
