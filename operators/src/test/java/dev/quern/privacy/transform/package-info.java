/** Tests of replacing values. */
@NullMarked
package dev.quern.privacy.transform;

import org.jspecify.annotations.NullMarked;
