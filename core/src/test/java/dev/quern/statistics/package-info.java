/** Tests of {@link dev.quern.statistics}. */
@NullMarked
package dev.quern.statistics;

import org.jspecify.annotations.NullMarked;
