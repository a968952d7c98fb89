package dev.bulkhead.apply;

/** What an object is for, as the conditions of an environment tell it apart. */
public enum Concern {
    COMPUTE("ComputeReady"),
    NETWORK("NetworkReady"),
    SECRETS("SecretsReady"),
    ACCESS("AccessReady");

    private final String condition;

    Concern(String condition) {
        this.condition = condition;
    }

    public String condition() {
        return condition;
    }
}
