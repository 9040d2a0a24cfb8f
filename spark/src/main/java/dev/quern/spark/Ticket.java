package dev.quern.spark;

import dev.quern.engine.pass.Piece;
import dev.quern.engine.pass.TaskLine;
import java.io.Serializable;

/**
 * The right to do one task. Spark sends it to the worker alone and stores it nowhere, so the key of
 * the parcel is in it.
 *
 * @param key of the task
 * @param piece what it handles
 * @param seal the key that opens the parcel of the stage
 */
record Ticket(TaskLine.Key key, Piece piece, byte[] seal) implements Serializable {}
