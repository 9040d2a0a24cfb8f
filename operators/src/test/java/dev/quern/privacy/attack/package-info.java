/** Tests of {@link dev.quern.privacy.attack}. */
@NullMarked
package dev.quern.privacy.attack;

import org.jspecify.annotations.NullMarked;
