package dev.bulkhead.secrets.report;

import dev.bulkhead.api.v1alpha1.SecretType;
import dev.bulkhead.secrets.rotation.Line;
import org.jspecify.annotations.Nullable;

/**
 * An entry that Operations may be about.
 *
 * @param line where it is; null while it has no version
 */
public record Subject(SecretType type, @Nullable Line line) {}
