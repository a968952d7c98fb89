/** From a plan to a target: the steps between the two, the one who takes them, and what is remembered of it. */
package dev.bulkhead.apply;
