package dev.quern.testkit.planted.operator;

/** What an operator is, for the planted ones. */
public interface Operator {}
