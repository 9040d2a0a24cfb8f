/**
 * Recognisers of numbers of the United Kingdom; read {@link
 * dev.quern.privacy.recognise.uk.BritishPack} first.
 */
@NullMarked
package dev.quern.privacy.recognise.uk;

import org.jspecify.annotations.NullMarked;
