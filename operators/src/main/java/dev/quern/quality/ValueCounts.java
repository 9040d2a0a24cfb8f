package dev.quern.quality;

import dev.quern.data.Type;
import dev.quern.quality.rule.ValueSet;
import dev.quern.statistics.ColumnState;
import dev.quern.statistics.ColumnStates;
import dev.quern.statistics.LongsState;
import dev.quern.statistics.TextsState;
import java.io.DataInput;
import java.io.IOException;

/** How often each value of a field occurs, exactly; distinct values are held in memory. */
final class ValueCounts {
  private ValueCounts() {}

  /** Receives values with their counts. */
  interface Receiver {
    /** Takes a value that occurred {@code count} times and its number in the set, or -1. */
    void receive(int number, long count);
  }

  /** Returns a state that has seen no value of {@code type}. */
  static ColumnState zero(Type type) {
    return type.equals(Type.TEXT) ? new TextsState() : new LongsState();
  }

  /** Returns the state that was written. */
  static ColumnState read(Type type, DataInput in) throws IOException {
    return type.equals(Type.TEXT) ? TextsState.read(in) : LongsState.read(in);
  }

  /** Hands out the values in their order. */
  static void forEach(Type type, ColumnStates states, ValueSet set, Receiver receiver) {
    if (type.equals(Type.TEXT)) {
      states
          .state(TextsState.class, 0)
          .counts()
          .forEach(
              (bytes, start, end, count) -> receiver.receive(set.number(bytes, start, end), count));
    } else {
      states
          .state(LongsState.class, 0)
          .counts()
          .forEach((value, count) -> receiver.receive(set.number(value), count));
    }
  }
}
