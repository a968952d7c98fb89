package dev.bulkhead.cli.plan;

/** A report, as somebody wants to read it. */
public interface Page {

    String of(PlanReport report);

    /** Whether the remarks are on the page, rather than to be said beside it. */
    boolean saysRemarks();
}
