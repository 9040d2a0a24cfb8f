/** Tests of images. */
@NullMarked
package dev.quern.privacy.image;

import org.jspecify.annotations.NullMarked;
