/** What the operator would make of some files: the same rules and the same planner, with the files in the place of a hub. */
@org.jspecify.annotations.NullMarked
package dev.bulkhead.cli.plan;
