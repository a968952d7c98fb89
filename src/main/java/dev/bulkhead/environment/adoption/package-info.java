/** Taking over what runs already: what is there, what would change, what stands in the way. */
package dev.bulkhead.environment.adoption;
