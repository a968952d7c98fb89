package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;

@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Mesh(MeshProvider provider, InboundPolicy inboundPolicy) {

    public Mesh {
        provider = Absent.or(provider, MeshProvider.Linkerd);
        inboundPolicy = Absent.or(inboundPolicy, InboundPolicy.DENY);
    }
}
