/** The custom resources, as users write them. Imports nothing else of ours. */
@NullMarked
package dev.bulkhead.api.v1alpha1;

import org.jspecify.annotations.NullMarked;
