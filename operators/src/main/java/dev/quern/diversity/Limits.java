package dev.quern.diversity;

import dev.quern.data.Split;
import dev.quern.format.json.Json;
import dev.quern.statistics.ExactQuantiles;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Two limits on ordered values: below the first lies train, below the second validation, the rest
 * is test. An absent limit has everything below it.
 */
record Limits(@Nullable Long train, @Nullable Long validation) {

  /** Returns the limits that divide {@code values} by {@code fractions}, as exactly as ties let. */
  static Limits of(ExactQuantiles values, Fractions fractions) {
    long[] counts = fractions.counts(values.count());
    return new Limits(at(values, counts[0]), at(values, counts[0] + counts[1]));
  }

  private static @Nullable Long at(ExactQuantiles values, long rank) {
    return rank < values.count() ? values.at(rank) : null;
  }

  /** Returns the code of the split of {@code value}. */
  byte of(long value) {
    if (train == null || value < train) {
      return Split.TRAIN.code();
    }
    return validation == null || value < validation ? Split.VALIDATION.code() : Split.TEST.code();
  }

  List<@Nullable Object> plain() {
    List<@Nullable Object> plain = new ArrayList<>();
    plain.add(train);
    plain.add(validation);
    return plain;
  }

  static Limits read(@Nullable Object plain) {
    List<@Nullable Object> list = Json.list(plain);
    return new Limits((Long) list.get(0), (Long) list.get(1));
  }
}
