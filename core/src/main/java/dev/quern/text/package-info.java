/**
 * Text as bytes: UTF-8 checked, values read from it and written to it; read {@link
 * dev.quern.text.ValueParser}, {@link dev.quern.text.ValueWriter} and {@link
 * dev.quern.text.TypeGuess} first.
 */
@NullMarked
package dev.quern.text;

import org.jspecify.annotations.NullMarked;
