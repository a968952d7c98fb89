/** The one writer: gathers an environment, judges, plans and applies it, and reports. */
package dev.bulkhead.environment;
