/** {@code make bench}: how fast, how quiet and how small the operator is. Programs, not tests: see bench/README.md. */
package dev.bulkhead.bench;
