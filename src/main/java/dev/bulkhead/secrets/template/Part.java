package dev.bulkhead.secrets.template;

import dev.bulkhead.apply.Entry.Source.Filter;

/** A part of a template. */
public sealed interface Part {

    /** Text that stands as it is. */
    record Literal(String text) implements Part {}

    /** A key of the entry whose template it is. */
    record Own(String key, Filter filter) implements Part {}

    /** A key of another entry of the environment. */
    record Secret(String entry, String key, Filter filter) implements Part {}

    /** Where a workload is found. */
    record Address(String workload) implements Part {}

    /** The number of a workload's port. */
    record Port(String workload, String port) implements Part {}
}
