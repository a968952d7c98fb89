package dev.bulkhead.secrets.report;

/** What an Operation hears of one of its entries. */
sealed interface Answer {

    String text();

    /** It can't be done. */
    record Refused(String text) implements Answer {}

    /** It isn't begun yet. */
    record Later(String text) implements Answer {}

    record UnderWay(String text) implements Answer {}

    record Done(String text) implements Answer {}
}
