/** Tests of {@link dev.quern.combine}. */
@NullMarked
package dev.quern.combine;

import org.jspecify.annotations.NullMarked;
