/** What is done once, on somebody's word: who asked for what, how far it is, and how it ended. */
package dev.bulkhead.operation;
