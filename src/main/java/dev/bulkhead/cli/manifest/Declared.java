package dev.bulkhead.cli.manifest;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** A resource that somebody wrote into a file. */
public record Declared<T extends HasMetadata>(T resource, Document document) {}
