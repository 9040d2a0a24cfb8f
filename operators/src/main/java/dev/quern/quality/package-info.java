/**
 * What makes data better and what measures how good they are; read {@link dev.quern.quality.Where}
 * and {@link dev.quern.quality.Derive} first.
 */
@NullMarked
package dev.quern.quality;

import org.jspecify.annotations.NullMarked;
