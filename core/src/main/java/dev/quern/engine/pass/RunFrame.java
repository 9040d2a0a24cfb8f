package dev.quern.engine.pass;

import java.io.Serializable;

/**
 * A frame of a sorted run on its way from the task that wrote the run to the part that merges it.
 *
 * @param task that wrote it
 * @param run number of the run within the task
 * @param number of the frame within the run
 * @param part it belongs to, 0 where that is told by the borders of a sort
 * @param prefixes before a sort: of the frame's first sample and of one that no sample of the frame
 *     lies behind; else of the first sample alone
 * @param views of these two, encoded; empty where there are no borders
 * @param stored the frame as it stands in the file
 */
public record RunFrame(
    TaskLine.Key task, int run, int number, int part, long[] prefixes, byte[] views, byte[] stored)
    implements Serializable {}
