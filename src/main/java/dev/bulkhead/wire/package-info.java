/** The way to an API server, below the client: how fast we ask, how long it takes, and whether its watches still speak. */
package dev.bulkhead.wire;
