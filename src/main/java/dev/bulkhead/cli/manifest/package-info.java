/** Files as people write them: read with the line of every field, and judged by the schemas of our kinds. */
@org.jspecify.annotations.NullMarked
package dev.bulkhead.cli.manifest;
