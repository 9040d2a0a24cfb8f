/** Misspelt values: {@link dev.quern.quality.typo.Vocabulary} finds what a text was meant to be. */
@NullMarked
package dev.quern.quality.typo;

import org.jspecify.annotations.NullMarked;
