/** Real packets, compared with what {@code network/reach} says of them. */
package dev.bulkhead.it.packets;
