package dev.quern.operator;

/**
 * An example in an operator's documentation, run as a test.
 *
 * @param parameters the parameters as in a recipe, YAML flow style, for example {@code {fields:
 *     [name]}}
 * @param input the samples as a JSON array of objects, for several inputs an array of such arrays
 *     (for an analyzer the second is the version it compares with); types are inferred as from JSON
 *     lines; the key {@code $split} stands for a sample's split
 * @param expected what comes out: for transformations the samples as a JSON array of objects (for a
 *     Fitter after fitting on the input), for analyzers metrics (not always all) as an object of
 *     written metric, for example {@code mean(age)}, and value
 */
public record Example(String parameters, String input, String expected) {}
