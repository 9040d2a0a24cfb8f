/** Tests of {@link dev.quern.privacy.recognise}. */
@NullMarked
package dev.quern.privacy.recognise;

import org.jspecify.annotations.NullMarked;
