/**
 * What protects the people behind the data; read {@link dev.quern.privacy.RedactPattern} and {@link
 * dev.quern.privacy.HashKeyed} first.
 */
@NullMarked
package dev.quern.privacy;

import org.jspecify.annotations.NullMarked;
