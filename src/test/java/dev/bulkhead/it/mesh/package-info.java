/** Requests through the proxies of a real mesh, compared with what {@code network/reach} says of them. */
package dev.bulkhead.it.mesh;
