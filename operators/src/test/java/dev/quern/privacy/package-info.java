/** Tests of {@link dev.quern.privacy}. */
@NullMarked
package dev.quern.privacy;

import org.jspecify.annotations.NullMarked;
