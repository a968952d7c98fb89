package dev.bulkhead.api.v1alpha1;

public record SecretEntryRef(String entry, String key) {

    public SecretEntryRef {
        key = Absent.or(key, "value");
    }
}
