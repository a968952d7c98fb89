/** Conditions, reasons and Events, as people and tools read them. Pure: knows no client. */
package dev.bulkhead.status;
