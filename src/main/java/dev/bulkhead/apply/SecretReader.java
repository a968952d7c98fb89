package dev.bulkhead.apply;

import java.util.Map;

/** Makes values from Secrets of the hub, read from the API server each time. Nothing is kept. */
public interface SecretReader {

    /**
     * @param hubNamespace whose Secrets may be read: its own and those of its vault, and no others
     * @return data key → value in base64, as an API object carries it
     * @throws SecretMissing when a Secret or key isn't there (any more)
     */
    Map<String, String> read(String hubNamespace, Map<String, Entry.Source> sources);

    /** Names what is missing, never a value. */
    final class SecretMissing extends RuntimeException {
        private static final long serialVersionUID = 1;

        public SecretMissing(String message) {
            super(message);
        }
    }
}
