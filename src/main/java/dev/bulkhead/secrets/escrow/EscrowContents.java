package dev.bulkhead.secrets.escrow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Objects;

/**
 * All that a hub has to have again, so that nothing is made anew.
 *
 * @param digestKey in base64; without it every source would look changed
 */
public record EscrowContents(String hubId, String digestKey, List<EscrowItem> items) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public EscrowContents {
        Objects.requireNonNull(hubId, "hubId");
        Objects.requireNonNull(digestKey, "digestKey");
        items = List.copyOf(items);
    }

    /** The caller wipes it. */
    public byte[] bytes() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An escrow can't be written", e);
        }
    }

    public static EscrowContents of(byte[] bytes) {
        try {
            return JSON.readValue(bytes, EscrowContents.class);
        } catch (IOException _) {
            // What a parser says would quote what it read.
            throw new EscrowRefused(
                    "what is in it isn't as this version writes it: open it with the version of Bulkhead that made it");
        }
    }

    @Override
    public String toString() {
        return "hub %s with %d versions and journals".formatted(hubId, items.size());
    }
}
