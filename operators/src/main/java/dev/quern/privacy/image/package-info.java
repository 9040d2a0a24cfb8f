/** Images without what they tell beside the picture. Read {@link ImageMetadata}. */
@NullMarked
package dev.quern.privacy.image;

import org.jspecify.annotations.NullMarked;
