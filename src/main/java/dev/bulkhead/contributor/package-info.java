/** What workloads, network policy sets and secret scopes have in common: they say what became of them. */
package dev.bulkhead.contributor;
