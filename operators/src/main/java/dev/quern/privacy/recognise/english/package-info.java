/**
 * Names of people, places and organisations, addresses, dates and the like in English texts; read
 * {@link dev.quern.privacy.recognise.english.EnglishNames} first, then {@link
 * dev.quern.privacy.recognise.english.Tagger}.
 */
@NullMarked
package dev.quern.privacy.recognise.english;

import org.jspecify.annotations.NullMarked;
