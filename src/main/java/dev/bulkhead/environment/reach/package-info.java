/** Who reaches whom in an environment, what others have put into its namespaces included. Pure. */
@NullMarked
package dev.bulkhead.environment.reach;

import org.jspecify.annotations.NullMarked;
