/** Operators tried without an engine. */
@NullMarked
package dev.quern.trial;

import org.jspecify.annotations.NullMarked;
