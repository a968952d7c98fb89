package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

@Wire
@ValidationRule(
        value = "has(self.method) || has(self.path) || has(self.pathPrefix)",
        message = "name a method, a path or a pathPrefix; without any of them leave http out")
@ValidationRule(
        value = "!(has(self.path) && has(self.pathPrefix))",
        message = "name either the one path or the pathPrefix, not both",
        fieldPath = ".pathPrefix")
public record HttpMatch(
        @JsonPropertyDescription("The method. Without it: any.") @Nullable
        HttpMethod method,

        @JsonPropertyDescription("This path and no other.")
        @Pattern(Syntax.HTTP_PATH)
        @Size(min = 1, max = Syntax.HTTP_PATH_LENGTH)
        @Nullable
        String path,

        @JsonPropertyDescription("This path and all below it: /v1 is for /v1 and /v1/orders, not for /v10.")
        @Pattern(Syntax.HTTP_PATH)
        @Size(min = 1, max = Syntax.HTTP_PATH_LENGTH)
        @Nullable
        String pathPrefix) {}
