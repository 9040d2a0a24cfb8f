/** Tests and training of {@link dev.quern.privacy.recognise.english}. */
@NullMarked
package dev.quern.privacy.recognise.english;

import org.jspecify.annotations.NullMarked;
