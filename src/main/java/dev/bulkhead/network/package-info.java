/** Who may talk to whom, as NetworkPolicies say it. Pure: knows no client. */
@NullMarked
package dev.bulkhead.network;

import org.jspecify.annotations.NullMarked;
