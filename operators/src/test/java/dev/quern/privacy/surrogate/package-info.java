/** Tests of surrogates. */
@NullMarked
package dev.quern.privacy.surrogate;

import org.jspecify.annotations.NullMarked;
