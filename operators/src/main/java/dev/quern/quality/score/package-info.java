/**
 * The factors of a record's score: what each says of a sample, what it learns first; read {@link
 * dev.quern.quality.score.Factor} first.
 */
@NullMarked
package dev.quern.quality.score;

import org.jspecify.annotations.NullMarked;
