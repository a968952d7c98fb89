package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;

@Wire
public record Mesh(
        @JsonPropertyDescription("Linkerd: the environment's pods get its proxy. None: they get no proxy.")
        @Default("Linkerd")
        MeshProvider provider,

        @JsonPropertyDescription("What the proxies do with requests that no authorization covers, as Linkerd's"
                + " default-inbound-policy names it.")
        @Default("deny")
        InboundPolicy inboundPolicy) {

    public Mesh {
        provider = Absent.or(provider, MeshProvider.Linkerd);
        inboundPolicy = Absent.or(inboundPolicy, InboundPolicy.DENY);
    }
}
