package dev.quern.testkit.planted.data;

import dev.quern.testkit.planted.run.Clockwork;

/** Imports from floor 4 into floor 0, and back: a cycle. */
public record Upward(Clockwork clockwork) {}
