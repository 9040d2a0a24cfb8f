package dev.quern.train;

/**
 * The table of n-grams of a free text.
 *
 * @param name of the graph inputs' stem
 * @param rows number of hash buckets
 */
record TextTable(String name, int rows) {}
