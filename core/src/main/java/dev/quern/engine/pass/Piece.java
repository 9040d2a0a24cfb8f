package dev.quern.engine.pass;

import dev.quern.engine.Morsel;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What one task handles.
 *
 * @param ordinal number of the task within the feed
 * @param morsel what to read; null for a part that an earlier stage left
 */
public record Piece(int ordinal, @Nullable Morsel morsel) implements Serializable {}
