package dev.quern.testkit.planted.store;

import dev.quern.testkit.planted.spark.Cluster;

/** Chooses an engine below the outside. */
public record Remote(Cluster cluster) {}
