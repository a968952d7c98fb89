/** The operator on a real API server, and where it matters on a node with real packets. */
package dev.bulkhead.it;
