package dev.quern.operator;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an operator has learnt from data before it maps: plain values (see {@code Json}), saved with
 * the version and the model. Counts as data: it may hold values of samples.
 *
 * @param values what was learnt, by name
 */
public record Fit(Map<String, @Nullable Object> values) {}
