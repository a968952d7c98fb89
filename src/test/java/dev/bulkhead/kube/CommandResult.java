package dev.bulkhead.kube;

/** How a program ended, and what it said. */
public record CommandResult(int code, String output, String errors) {}
