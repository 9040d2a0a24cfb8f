/** Tests of {@link dev.quern.diversity}. */
@NullMarked
package dev.quern.diversity;

import org.jspecify.annotations.NullMarked;
