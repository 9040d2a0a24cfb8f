/** Tests of international recognisers. */
@NullMarked
package dev.quern.privacy.recognise.world;

import org.jspecify.annotations.NullMarked;
