/**
 * The state of a profile and what is read from it; read {@link
 * dev.quern.quality.profile.ProfileState}, {@link dev.quern.quality.profile.FieldProfile} and
 * {@link dev.quern.quality.profile.DrawnSamples} first.
 */
@NullMarked
package dev.quern.quality.profile;

import org.jspecify.annotations.NullMarked;
