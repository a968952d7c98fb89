/** Workload. */
package dev.bulkhead.workload;
