/** The operator dies at every write that it makes, and the next one has to end where it would have ended. */
package dev.bulkhead.faults.crash;
