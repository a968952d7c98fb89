/** A target cluster: its watches, its inventories, and what it can do. */
package dev.bulkhead.cluster;
