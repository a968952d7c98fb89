/** Keeps the versions of an environment's secrets: what of them is published, who restarts when, and what comes next. */
package dev.bulkhead.environment.keeping;
