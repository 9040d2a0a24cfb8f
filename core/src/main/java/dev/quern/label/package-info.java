/**
 * What labels and probabilities tell of label errors, and annotators of each other: pure algorithms
 * over mergeable states. Read {@link dev.quern.label.ConfidentJoint}, {@link
 * dev.quern.label.LabelScore} and {@link dev.quern.label.Coincidences} first.
 */
@NullMarked
package dev.quern.label;

import org.jspecify.annotations.NullMarked;
