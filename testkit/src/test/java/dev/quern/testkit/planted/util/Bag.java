package dev.quern.testkit.planted.util;

/** Lives in a home without a meaning. */
public record Bag(String text) {}
