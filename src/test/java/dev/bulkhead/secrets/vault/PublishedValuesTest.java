package dev.bulkhead.secrets.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkhead.apply.Entry.Source;
import dev.bulkhead.apply.Entry.Source.Copy;
import dev.bulkhead.apply.Entry.Source.Filter;
import dev.bulkhead.apply.Entry.Source.Piece;
import dev.bulkhead.apply.SecretReader.SecretMissing;
import dev.bulkhead.kube.MockCluster;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is published is made from what is there at that moment, and for the team that it belongs to. */
class PublishedValuesTest {

    private static final String VAULT = VaultNames.namespace("shop");

    private final MockCluster cluster = new MockCluster();
    private final PublishedValues values = new PublishedValues(cluster.client());

    @AfterEach
    void end() {
        cluster.close();
    }

    @Test
    void aValueIsReadAsItIsNow() {
        secret("shop", "stripe", Map.of("token", "first"));
        assertThat(read(new Copy("shop", "stripe", "token"))).isEqualTo("first");

        secret("shop", "stripe", Map.of("token", "second"));
        assertThat(read(new Copy("shop", "stripe", "token"))).isEqualTo("second");
    }

    @Test
    void whatIsAcceptedStandsOnLinesOfItsOwnAndOnce() {
        secret(VAULT, "one", Map.of("value", "a", "same", "b\n"));
        secret(VAULT, "two", Map.of("value", "b"));

        assertThat(read(new Source.Lines(List.of(copy("one", "value"), copy("two", "value"), copy("one", "same")))))
                .isEqualTo("a\nb\n");
    }

    @Test
    void ofWhatSomebodyElseMadeOnlyWhatIsOneLineIsAccepted() {
        secret(VAULT, "one", Map.of("value", "a\n", "same", "a", "json", "{\n}\n", "empty", "", "spaced", " b "));
        cluster.client()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(VAULT)
                        .withName("bytes")
                        .endMetadata()
                        .addToData("value", "/wAB")
                        .build())
                .create();

        assertThat(read(new Source.SingleLines(List.of(
                        copy("one", "value"),
                        copy("one", "same"),
                        copy("one", "json"),
                        copy("one", "empty"),
                        copy("one", "spaced"),
                        copy("bytes", "value")))))
                .isEqualTo("a\n b \n");
    }

    @Test
    void publicKeysMakeASet() {
        secret(VAULT, "one", Map.of("jwk.json", "{\"kid\":\"1\"}"));
        secret(VAULT, "two", Map.of("jwk.json", "{\"kid\":\"2\"}"));

        assertThat(read(new Source.KeySet(List.of(copy("one", "jwk.json"), copy("two", "jwk.json")))))
                .isEqualTo("{\"keys\":[{\"kid\":\"1\"},{\"kid\":\"2\"}]}");
    }

    @Test
    void whatIsNoKeyIsNamedAndNotQuoted() {
        secret(VAULT, "one", Map.of("jwk.json", "canary"));

        assertThatThrownBy(() -> read(new Source.KeySet(List.of(copy("one", "jwk.json")))))
                .isInstanceOf(SecretMissing.class)
                .hasMessage("Key jwk.json of Secret %s/one is no JWK".formatted(VAULT))
                .hasNoCause();
    }

    @Test
    void aTextHasValuesInIt() {
        secret(VAULT, "one", Map.of("value", "a b/c+ä"));

        assertThat(read(new Source.Text(List.of(
                        new Piece.Literal("x://"),
                        new Piece.Value(copy("one", "value"), Filter.URL),
                        new Piece.Literal(" "),
                        new Piece.Value(copy("one", "value"), Filter.NONE),
                        new Piece.Literal(" "),
                        new Piece.Value(copy("one", "value"), Filter.BASE64)))))
                .isEqualTo("x://a%20b%2Fc%2B%C3%A4 a b/c+ä " + base64("a b/c+ä"));
    }

    @Test
    void whatIsMissingIsNamedWithoutAnyValue() {
        secret("shop", "stripe", Map.of("token", "first"));

        assertThatThrownBy(() -> read(new Copy("shop", "stripe", "nothing")))
                .isInstanceOf(SecretMissing.class)
                .hasMessage("Secret shop/stripe has no key nothing");
        assertThatThrownBy(() -> read(new Copy("shop", "nobody", "token")))
                .isInstanceOf(SecretMissing.class)
                .hasMessage("Secret shop/nobody isn't there");
    }

    /** Half of its bytes would be lost, and nobody would know. */
    @Test
    void whatIsNoTextIsPutIntoNone() {
        cluster.client()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace("shop")
                        .withName("binary")
                        .endMetadata()
                        .addToData("key", "//79/A==")
                        .build())
                .create();

        assertThatThrownBy(() ->
                        read(new Source.Text(List.of(new Piece.Value(new Copy("shop", "binary", "key"), Filter.NONE)))))
                .isInstanceOf(SecretMissing.class)
                .hasMessage("Key key of Secret shop/binary is no text: put | base64 behind it in the template");
        assertThat(read(new Source.Text(List.of(new Piece.Value(new Copy("shop", "binary", "key"), Filter.BASE64)))))
                .isEqualTo("//79/A==");
    }

    @Test
    void anotherTeamsSecretIsNotRead() {
        secret("bank", "stripe", Map.of("token", "canary"));

        assertThatThrownBy(() -> read(new Copy("bank", "stripe", "token")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Secret bank/stripe is none of this team's");
        assertThatThrownBy(() -> read(new Copy(VaultNames.namespace("bank"), "stripe", "token")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Copy copy(String secret, String key) {
        return new Copy(VAULT, secret, key);
    }

    private String read(Source source) {
        var encoded = values.read("shop", Map.of("key", source)).get("key");
        return new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
    }

    private void secret(String namespace, String name, Map<String, String> data) {
        var builder = new SecretBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata();
        data.forEach((key, value) -> builder.addToData(key, base64(value)));
        var resource = cluster.client().resource(builder.build());
        if (resource.get() == null) {
            resource.create();
        } else {
            resource.update();
        }
    }

    private static String base64(String value) {
        return Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
    }
}
