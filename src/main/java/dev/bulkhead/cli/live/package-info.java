/** What is said of a hub and its cluster by those who ask it: its statuses, and how it differs from some files. */
@org.jspecify.annotations.NullMarked
package dev.bulkhead.cli.live;
