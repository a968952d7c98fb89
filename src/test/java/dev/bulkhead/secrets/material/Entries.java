package dev.bulkhead.secrets.material;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.bulkhead.api.v1alpha1.SecretEntry;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Entries as users write them, and versions of them. */
final class Entries {

    static final Instant NOW = Instant.now();

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Mint MINT = new Mint();

    private Entries() {}

    static SecretEntry entry(String yaml) {
        try {
            return YAML.readValue(yaml, SecretEntry.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static Minted version(SecretEntry entry, int version) {
        return MINT.make(entry, new Ingredients(NOW, version, RANDOM, Optional.empty(), Optional.empty()));
    }

    static Minted version(String yaml) {
        return version(entry(yaml), 1);
    }

    static Minted after(SecretEntry ca, int version, Minted before) {
        return after(ca, version, before, NOW);
    }

    static Minted after(SecretEntry ca, int version, Minted before, Instant now) {
        return MINT.make(ca, new Ingredients(now, version, RANDOM, Optional.empty(), Optional.of(before.data())));
    }

    static Minted signed(SecretEntry entry, Minted ca) {
        return MINT.make(
                entry,
                new Ingredients(NOW, 1, RANDOM, Optional.of(new Ingredients.Issuer(7, ca.data())), Optional.empty()));
    }

    static String text(Minted version, String key) {
        return text(version.data(), key);
    }

    static String text(Map<String, byte[]> data, String key) {
        return new String(data.get(key), StandardCharsets.UTF_8);
    }
}
