package dev.quern.operator;

/**
 * A reusable algorithm behind a step: a record of its parameters, described by its {@link
 * OperatorSpec}. The kinds are sealed and express themselves in the verbs of the engine; operators
 * themselves are open, anybody adds one by implementing a kind.
 */
public sealed interface Operator permits Reader, Transformation, Analyzer, Writer, Trainer {}
