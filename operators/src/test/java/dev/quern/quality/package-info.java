/** Tests of {@link dev.quern.quality}. */
@NullMarked
package dev.quern.quality;

import org.jspecify.annotations.NullMarked;
