/** Tests of {@link dev.quern.privacy.anonymity}. */
@NullMarked
package dev.quern.privacy.anonymity;

import org.jspecify.annotations.NullMarked;
