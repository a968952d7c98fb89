package dev.bulkhead.api.v1alpha1;

public record SecretMount(String entry, String path) {}
