package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

@Wire
public record KubeconfigSecretRef(
        @JsonPropertyDescription("The Secret's name. While it does not exist, the cluster waits.")
        @Required
        @Pattern(Syntax.SUBDOMAIN)
        @Size(min = 1, max = Syntax.SUBDOMAIN_LENGTH)
        String name,

        @JsonPropertyDescription("The key in its data. Without it the first of value, value.yaml, kubeconfig,"
                + " kubeconfig.yaml, config and admin.conf that is there.")
        @Nullable
        @Pattern(Syntax.DATA_KEY)
        @Size(min = 1, max = 253)
        String key) {}
