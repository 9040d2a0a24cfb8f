/**
 * What finds personal data in texts: recognisers, the scanner that runs them all in one pass, their
 * scores and how overlapping findings are settled. Read {@link
 * dev.quern.privacy.recognise.Recogniser}, {@link dev.quern.privacy.recognise.Detector} and {@link
 * dev.quern.privacy.recognise.Findings} first.
 */
@NullMarked
package dev.quern.privacy.recognise;

import org.jspecify.annotations.NullMarked;
