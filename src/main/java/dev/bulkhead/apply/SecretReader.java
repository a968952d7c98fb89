package dev.bulkhead.apply;

import java.util.Map;

/** Reads values of Secrets in a hub namespace, each time from the API server. Nothing is kept. */
public interface SecretReader {

    /**
     * @return data key → value in base64, as an API object carries it
     * @throws SecretMissing when a Secret or key isn't there (any more)
     */
    Map<String, String> read(String namespace, Map<String, Entry.Source> sources);

    /** Names what is missing, never a value. */
    final class SecretMissing extends RuntimeException {
        private static final long serialVersionUID = 1;

        public SecretMissing(String message) {
            super(message);
        }
    }
}
