package dev.quern.engine;

/**
 * Where something stands in the input.
 *
 * @param source the name of the source in the recipe
 * @param file the number of the file within the source, from 0
 * @param position byte offset in the decoded stream, or the row number for Parquet
 * @param line line number within the morsel, from 0; the run makes it a line of the file
 */
public record Place(int source, int file, long position, long line) {}
