package dev.bulkhead.network.reach;

/**
 * What gets through an open port.
 *
 * @param raw whether bytes get through that are no HTTP
 * @param requests the HTTP requests that do
 */
public record Access(boolean raw, Requests requests) {

    public static final Access NONE = new Access(false, Requests.NONE);
    public static final Access ALL = new Access(true, Requests.ALL);

    static Access only(Requests requests) {
        return new Access(false, requests);
    }

    public Access or(Access other) {
        if (equals(ALL) || other.isEmpty()) {
            return this;
        }
        return new Access(raw || other.raw, requests.or(other.requests));
    }

    Access without(Access other) {
        return new Access(raw && !other.raw, requests.without(other.requests));
    }

    Access and(Access other) {
        return new Access(raw && other.raw, requests.and(other.requests));
    }

    public boolean isEmpty() {
        return !raw && requests.isEmpty();
    }

    /** Whether nothing that the port speaks is held back. */
    public boolean isAll() {
        return requests.isAll();
    }

    /** Empty where everything gets through. */
    public String inWords() {
        if (isAll()) {
            return "";
        }
        if (!raw) {
            return requests.toString();
        }
        return requests.isEmpty() ? "no HTTP" : requests + "; what is no HTTP";
    }
}
