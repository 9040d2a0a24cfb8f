package dev.quern.testkit.planted.spark;

/** An engine that only the outside may choose. */
public record Cluster(String name) {}
