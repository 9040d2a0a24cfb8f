/** Tests of {@link dev.quern.drift}. */
@NullMarked
package dev.quern.drift;

import org.jspecify.annotations.NullMarked;
