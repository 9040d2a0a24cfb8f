/**
 * Recognisers that users write in YAML: begin with {@link
 * dev.quern.privacy.recognise.own.OwnRecognisers}, what they look like, then {@link
 * dev.quern.privacy.recognise.own.OwnPattern}, how one finds.
 */
@NullMarked
package dev.quern.privacy.recognise.own;

import org.jspecify.annotations.NullMarked;
