/**
 * Chinese scripts: {@link dev.quern.quality.script.PhraseTable} replaces phrases and characters.
 */
@NullMarked
package dev.quern.quality.script;

import org.jspecify.annotations.NullMarked;
