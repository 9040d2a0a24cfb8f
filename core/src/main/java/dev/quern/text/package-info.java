/** What is known about texts whatever they say; read {@link dev.quern.text.Suggestion} first. */
@NullMarked
package dev.quern.text;

import org.jspecify.annotations.NullMarked;
