/** Tests of {@link dev.quern.quality.profile}. */
@NullMarked
package dev.quern.quality.profile;

import org.jspecify.annotations.NullMarked;
