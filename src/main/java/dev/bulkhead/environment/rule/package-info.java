/** What a class allows, and what contributors must find of each other: small rules, each with its reason. Pure. */
@NullMarked
package dev.bulkhead.environment.rule;

import org.jspecify.annotations.NullMarked;
