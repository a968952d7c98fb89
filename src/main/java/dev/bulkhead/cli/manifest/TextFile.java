package dev.bulkhead.cli.manifest;

/** @param name as it is shown to whoever named it */
public record TextFile(String name, String text) {}
