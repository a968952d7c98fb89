package dev.bulkhead.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * When the token of a target is renewed: at half of its life, so that the other half is left for a target or a hub that
 * is away. What a token says of itself is believed as to when, and as to whom; whether it is good, the API server says.
 */
public final class TokenRotation {

    /** On a kubeconfig Secret: whether the operator renews the token in it. */
    public static final String ANNOTATION = "bulkhead.dev/token-rotation";

    public static final String ENABLED = "Enabled";

    private static final Pattern SUBJECT = Pattern.compile("system:serviceaccount:([^:]+):([^:]+)");

    private TokenRotation() {}

    /** What is to be done about a token. */
    public sealed interface Verdict {

        /** A new one is asked for, of this account, for as long a life. */
        record Renew(String namespace, String account, Duration life) implements Verdict {}

        record Wait(Instant until) implements Verdict {}

        /** It can't be renewed; the message says why. */
        record Leave(String message) implements Verdict {}
    }

    public static Verdict decide(String token, Instant now) {
        var claims = claims(token);
        var subject = SUBJECT.matcher(claims.path("sub").asText());
        var issued = claims.path("iat").asLong();
        var expires = claims.path("exp").asLong();
        if (!subject.matches() || issued <= 0 || expires <= issued) {
            return new Verdict.Leave("its token is none of a ServiceAccount that ends: renew it yourself, or take "
                    + ANNOTATION + " off the Secret");
        }
        var life = Duration.ofSeconds(expires - issued);
        var due = Instant.ofEpochSecond(issued).plus(life.dividedBy(2));
        return now.isBefore(due) ? new Verdict.Wait(due) : new Verdict.Renew(subject.group(1), subject.group(2), life);
    }

    private static JsonNode claims(String token) {
        var parts = token.split("\\.", -1);
        var json = new ObjectMapper();
        try {
            return parts.length == 3 ? json.readTree(Base64.getUrlDecoder().decode(parts[1])) : json.nullNode();
        } catch (IllegalArgumentException | IOException _) {
            return json.nullNode();
        }
    }
}
