/**
 * Recognisers of what is written alike everywhere; read {@link
 * dev.quern.privacy.recognise.world.WorldPack} first.
 */
@NullMarked
package dev.quern.privacy.recognise.world;

import org.jspecify.annotations.NullMarked;
