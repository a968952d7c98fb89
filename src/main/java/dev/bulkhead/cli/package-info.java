@org.jspecify.annotations.NullMarked
package dev.bulkhead.cli;
