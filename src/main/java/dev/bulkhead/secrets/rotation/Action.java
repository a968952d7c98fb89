package dev.bulkhead.secrets.rotation;

/** What is to be done in the vault. Each may be done twice. */
public sealed interface Action {

    record Mint(int version, String rotationId) implements Action {}

    record Discard(int version) implements Action {}
}
