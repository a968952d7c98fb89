package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Wire
public record MeshIdentity(
        @JsonPropertyDescription(
                "What all proxies trust. The old one vouches for the next one, so no pod is restarted for it.")
        MeshTrustAnchor trustAnchor,

        @JsonPropertyDescription("What signs the proxies' certificates.")
        MeshIssuer issuer,

        @JsonPropertyDescription("When rotations may begin. Without any: always. What is about to end waits for none.")
        @Size(max = 10)
        List<RotationWindow> windows,

        @JsonPropertyDescription("How long a previous version is kept, at least, when nobody needs it any more.")
        Drain drain,

        @JsonPropertyDescription(
                "The trust anchor that the mesh has now, with its key. Without it none may be there yet: one is made.")
        @Nullable
        MeshAnchorSource from) {

    public MeshIdentity {
        trustAnchor = Absent.or(trustAnchor, new MeshTrustAnchor(null, null, null));
        issuer = Absent.or(issuer, new MeshIssuer(null, null, null));
        windows = Absent.or(windows);
        drain = Absent.or(drain, new Drain(null));
    }
}
