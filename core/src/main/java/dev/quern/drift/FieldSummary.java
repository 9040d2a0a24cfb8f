package dev.quern.drift;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.DictionaryColumn;
import dev.quern.data.Field;
import dev.quern.data.ListColumn;
import dev.quern.data.Slice;
import dev.quern.data.TextColumn;
import dev.quern.data.Type;
import dev.quern.statistics.Scalars;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/** What the comparison needs to know of one field. */
final class FieldSummary {
  private static final long DAY = 86_400_000_000L;
  private static final long HOUR = 3_600_000_000L;

  /** 1970-01-01 was a Thursday; Monday is 0. */
  private static final long FIRST_WEEKDAY = 3;

  /** Hours and weekdays as categories. */
  private static final String[] NAMES =
      IntStream.range(0, 24).mapToObj(Integer::toString).toArray(String[]::new);

  private final Field field;
  private final Map<Aspect, ValueBuckets> numbers = new EnumMap<>(Aspect.class);
  private final Map<Aspect, CategoryCounts> categories = new EnumMap<>(Aspect.class);
  private final Slice slice = new Slice();
  private final Shape shape = new Shape();
  private long samples;
  private long missing;

  FieldSummary(Field field) {
    this.field = field;
    Aspect.numbers(field).forEach(aspect -> numbers.put(aspect, new ValueBuckets()));
    Aspect.categories(field).forEach(aspect -> categories.put(aspect, new CategoryCounts()));
  }

  Field field() {
    return field;
  }

  long samples() {
    return samples;
  }

  /** Returns the number of values that are null, NaN or infinite, or blank texts. */
  long missing() {
    return missing;
  }

  Map<Aspect, ValueBuckets> numbers() {
    return numbers;
  }

  Map<Aspect, CategoryCounts> categories() {
    return categories;
  }

  void add(Batch batch, Column column) {
    samples += batch.count();
    if (column instanceof DictionaryColumn coded) {
      coded(batch, coded);
      return;
    }
    Type.Kind kind = field.type().kind();
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      if (Scalars.isMissing(column, row)) {
        missing++;
        continue;
      }
      switch (kind) {
        case LONG, DOUBLE, FLOAT, DECIMAL -> number(column.doubleAt(row));
        case TIMESTAMP -> time(column.longAt(row));
        case DATE -> date(column.longAt(row));
        case BOOL -> count(Aspect.VALUE, column.boolAt(row) ? "true" : "false", 1);
        case TEXT -> text(column.sliceAt(row, slice), 1);
        case BYTES -> value(Aspect.LENGTH, column.sliceAt(row, slice).length(), 1);
        case LIST -> value(Aspect.LENGTH, length((ListColumn) column, row), 1);
        case STRUCT -> {}
      }
    }
  }

  private static int length(ListColumn column, int row) {
    return column.end(row) - column.start(row);
  }

  private void coded(Batch batch, DictionaryColumn column) {
    TextColumn dictionary = column.dictionary();
    long[] occurrences = new long[dictionary.size()];
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      if (column.isNull(row)) {
        missing++;
      } else {
        occurrences[column.code(row)]++;
      }
    }
    for (int code = 0; code < occurrences.length; code++) {
      if (occurrences[code] > 0) {
        text(dictionary.sliceAt(code, slice), occurrences[code]);
      }
    }
  }

  private void number(double value) {
    if (Double.isInfinite(value)) {
      missing++;
    } else {
      value(Aspect.VALUE, value, 1);
    }
  }

  private void time(long micros) {
    count(Aspect.HOUR, NAMES[hour(micros)], 1);
    count(Aspect.WEEKDAY, NAMES[weekday(Math.floorDiv(micros, DAY))], 1);
  }

  private void date(long days) {
    value(Aspect.VALUE, days, 1);
    count(Aspect.WEEKDAY, NAMES[weekday(days)], 1);
  }

  /** Returns the hour of the day in UTC. */
  static int hour(long micros) {
    return (int) (Math.floorMod(micros, DAY) / HOUR);
  }

  private static int weekday(long days) {
    return (int) Math.floorMod(days + FIRST_WEEKDAY, 7L);
  }

  private void text(Slice text, long occurrences) {
    if (isBlank(text)) {
      missing += occurrences;
      return;
    }
    CategoryCounts values = categories.get(Aspect.VALUE);
    if (values != null) {
      values.add(text.bytes, text.start, text.end, occurrences);
    }
    shape.of(text);
    value(Aspect.LENGTH, shape.length(), occurrences);
    count(Aspect.SCRIPT, shape.script(), occurrences);
    count(Aspect.MASK, shape.mask(), occurrences);
  }

  /** Returns whether a text is empty or white space of ASCII. */
  static boolean isBlank(Slice text) {
    for (int i = text.start; i < text.end; i++) {
      if (text.bytes[i] > ' ' || text.bytes[i] < 0) {
        return false;
      }
    }
    return true;
  }

  private void value(Aspect aspect, double value, long occurrences) {
    ValueBuckets buckets = numbers.get(aspect);
    if (buckets != null) {
      buckets.add(value, occurrences);
    }
  }

  private void count(Aspect aspect, String category, long occurrences) {
    CategoryCounts counts = categories.get(aspect);
    if (counts != null) {
      counts.add(category, occurrences);
    }
  }

  void merge(FieldSummary other) {
    samples += other.samples;
    missing += other.missing;
    numbers.forEach(
        (aspect, mine) -> mine.merge(Objects.requireNonNull(other.numbers.get(aspect))));
    categories.forEach(
        (aspect, mine) -> mine.merge(Objects.requireNonNull(other.categories.get(aspect))));
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(samples);
    out.writeLong(missing);
    for (ValueBuckets buckets : numbers.values()) {
      buckets.write(out);
    }
    for (CategoryCounts counts : categories.values()) {
      counts.write(out);
    }
  }

  static FieldSummary read(DataInput in, Field field) throws IOException {
    FieldSummary summary = new FieldSummary(field);
    summary.samples = in.readLong();
    summary.missing = in.readLong();
    for (Aspect aspect : summary.numbers.keySet()) {
      summary.numbers.put(aspect, ValueBuckets.read(in));
    }
    for (Aspect aspect : summary.categories.keySet()) {
      summary.categories.put(aspect, CategoryCounts.read(in));
    }
    return summary;
  }
}
