/** Plain text, a sample for each line; read {@link dev.quern.format.lines.LineFormat} first. */
@NullMarked
package dev.quern.format.lines;

import org.jspecify.annotations.NullMarked;
