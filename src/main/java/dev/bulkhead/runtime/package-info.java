/** The operator put together: caches of the hub, settings, health, and the process around it. */
package dev.bulkhead.runtime;
