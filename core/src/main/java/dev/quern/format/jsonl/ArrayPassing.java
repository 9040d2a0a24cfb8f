package dev.quern.format.jsonl;

import dev.quern.format.source.Boundaries;

/**
 * Passes over an element of an array as {@link ArrayScanner} would find its end, however its bytes
 * are cut: behind the comma that follows it; behind the array's bracket all belongs to it.
 */
final class ArrayPassing implements Boundaries.Passing {
  private enum State {
    /** Before the array's opening bracket. */
    BEFORE,
    WITHIN,
    STRING,
    /** Behind a backslash in a string. */
    ESCAPE,
    CLOSED
  }

  private State state;
  private int depth;
  private long lines;

  /** Begins at an element, of which {@code first} stands behind the array's opening bracket. */
  ArrayPassing(boolean first) {
    state = first ? State.BEFORE : State.WITHIN;
  }

  @Override
  public int end(byte[] bytes, int end) {
    for (int at = 0; at < end; at++) {
      byte b = bytes[at];
      lines += b == '\n' ? 1 : 0;
      switch (state) {
        case BEFORE -> state = b == '[' ? State.WITHIN : state;
        case WITHIN -> {
          if (b == ',' && depth == 0) {
            return at + 1;
          }
          within(b);
        }
        case STRING -> state = b == '"' ? State.WITHIN : b == '\\' ? State.ESCAPE : state;
        case ESCAPE -> state = State.STRING;
        case CLOSED -> {}
      }
    }
    return -1;
  }

  private void within(byte b) {
    switch (b) {
      case '"' -> state = State.STRING;
      case '{', '[' -> depth++;
      case '}' -> depth -= depth > 0 ? 1 : 0;
      case ']' -> {
        if (depth == 0) {
          state = State.CLOSED;
        }
        depth--;
      }
      default -> {
        // Part of a number, a word or white space.
      }
    }
  }

  @Override
  public long lines() {
    return lines;
  }

  @Override
  public boolean isWhole() {
    return state == State.CLOSED;
  }
}
