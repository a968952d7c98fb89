package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;

@Wire
public record ConfigFiles(
        @JsonPropertyDescription("Its name among the workload's config; the ConfigMap is named after both.")
        @Required
        @Pattern(Syntax.LABEL)
        @Size(min = 1, max = Syntax.LABEL_LENGTH)
        String name,

        @JsonPropertyDescription("The directory that the container sees the files in.")
        @Required
        @ValidationRule(value = Syntax.ABSOLUTE_PATH, message = Syntax.ABSOLUTE_PATH_MESSAGE)
        @Size(min = 2, max = Syntax.PATH_LENGTH)
        String path,

        @JsonPropertyDescription("The files: name to content, each at most 64 KiB. No secrets: anyone may read it.")
        @Required
        @ValidationRule(
                value = "self.all(key, key.size() <= 253 && key.matches('" + Syntax.DATA_KEY + "'))",
                message = "a file name has letters, digits, '-', '_' and '.' only, at most 253")
        @Size(min = 1, max = 50)
        Map<String, @Size(max = 65536) String> data) {

    public ConfigFiles {
        data = Absent.or(data);
    }
}
