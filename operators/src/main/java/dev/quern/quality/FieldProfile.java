package dev.quern.quality;

import dev.quern.data.Batch;
import dev.quern.data.CanonicalForm;
import dev.quern.data.Column;
import dev.quern.data.DictionaryColumn;
import dev.quern.data.DoubleColumn;
import dev.quern.data.Field;
import dev.quern.data.Hash128;
import dev.quern.data.LongColumn;
import dev.quern.data.Role;
import dev.quern.data.Slice;
import dev.quern.data.Split;
import dev.quern.data.TextColumn;
import dev.quern.data.Type;
import dev.quern.statistics.DistinctCount;
import dev.quern.statistics.LogHistogram;
import dev.quern.statistics.Moments;
import dev.quern.statistics.TextCounts;
import dev.quern.text.Utf8;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The mergeable profile of one field. */
final class FieldProfile {
  /** Above this many distinct texts a field is no category and its values are not counted. */
  static final int CATEGORIES = 4096;

  /** A label of more values than this is no class. */
  static final int LABELS = 1000;

  private static final VarHandle WHOLE =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** Longer texts are no category. */
  static final int CATEGORY_BYTES = 256;

  final Field field;
  long samples;
  long missing;
  double min = Double.POSITIVE_INFINITY;
  double max = Double.NEGATIVE_INFINITY;
  Moments moments = new Moments();
  LogHistogram histogram = new LogHistogram();
  DistinctCount distinct = new DistinctCount();
  @Nullable TextCounts categories = new TextCounts();

  /** Values of a label by split code, empty where the field is no label or has too many values. */
  List<TextCounts> labels = List.of();

  private final byte[] whole = new byte[Long.BYTES];
  private final CanonicalForm form = new CanonicalForm();
  private final Hash128 hash = new Hash128();
  private final Slice slice = new Slice();

  FieldProfile(Field field) {
    this.field = field;
    if (isCounted(field)) {
      List<TextCounts> counts = new ArrayList<>();
      for (int split = 0; split < Split.values().length; split++) {
        counts.add(new TextCounts());
      }
      labels = counts;
    }
  }

  private static boolean isCounted(Field field) {
    Type.Kind kind = field.type().kind();
    return field.is(Role.LABEL)
        && (kind == Type.Kind.TEXT || kind == Type.Kind.LONG || kind == Type.Kind.BOOL);
  }

  void add(Batch batch, Column column) {
    if (!labels.isEmpty()) {
      addLabels(batch, column);
    }
    if (column instanceof DictionaryColumn coded) {
      addCoded(batch, coded);
      return;
    }
    if (column instanceof LongColumn || column instanceof DoubleColumn) {
      addNumbers(batch, column);
      return;
    }
    if (column instanceof TextColumn texts) {
      addTexts(batch, texts);
      return;
    }
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      samples++;
      if (column.isNull(row)) {
        missing++;
      } else {
        addValue(column, row, 1);
      }
    }
  }

  /** Adds whole columns of numbers: the same as {@link #addValue} for each, faster. */
  private void addNumbers(Batch batch, Column column) {
    double[] values = new double[batch.count()];
    int tag = CanonicalForm.tag(column.type().kind());
    int size = 0;
    for (int i = 0; i < values.length; i++) {
      int row = batch.row(i);
      if (column.isNull(row)) {
        continue;
      }
      double value;
      long bits;
      if (column instanceof LongColumn longs) {
        bits = longs.values()[row];
        value = bits;
      } else {
        value = ((DoubleColumn) column).values()[row];
        bits = Double.doubleToLongBits(value + 0.0);
      }
      distinct.add(hash.tagged(tag, bits).high());
      values[size++] = value;
    }
    samples += values.length;
    missing += values.length - size;
    addNumbers(values, size);
  }

  private void addNumbers(double[] values, int size) {
    double low = min;
    double high = max;
    for (int i = 0; i < size; i++) {
      low = Math.min(low, values[i]);
      high = Math.max(high, values[i]);
    }
    min = low;
    max = high;
    moments.add(values, size);
    histogram.add(values, size);
  }

  /** Adds whole columns of texts or bytes: the same as {@link #addValue} for each, faster. */
  private void addTexts(Batch batch, TextColumn column) {
    double[] lengths = new double[batch.count()];
    boolean text = column.type().kind() == Type.Kind.TEXT;
    int size = 0;
    for (int i = 0; i < lengths.length; i++) {
      int row = batch.row(i);
      if (column.isNull(row)) {
        continue;
      }
      column.sliceAt(row, slice);
      hash.hash(slice.bytes, slice.start, slice.end, 0);
      distinct.add(hash.high());
      lengths[size++] =
          text ? Utf8.codePoints(slice.bytes, slice.start, slice.end) : slice.length();
      if (text) {
        addCategory(1);
      }
    }
    samples += lengths.length;
    missing += lengths.length - size;
    addNumbers(lengths, size);
  }

  private void addCoded(Batch batch, DictionaryColumn coded) {
    long[] counts = new long[coded.dictionary().size()];
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      samples++;
      if (coded.isNull(row)) {
        missing++;
      } else {
        counts[coded.code(row)]++;
      }
    }
    for (int code = 0; code < counts.length; code++) {
      if (counts[code] > 0) {
        addValue(coded.dictionary(), code, counts[code]);
      }
    }
  }

  /** Adds the value in {@code row}, which occurs {@code times} times. */
  private void addValue(Column column, int row, long times) {
    Type.Kind kind = column.type().kind();
    switch (kind) {
      case TEXT, BYTES -> {
        column.sliceAt(row, slice);
        distinct.add(hash.hash(slice.bytes, slice.start, slice.end, 0));
        addNumber(
            kind == Type.Kind.TEXT
                ? Utf8.codePoints(slice.bytes, slice.start, slice.end)
                : slice.length(),
            times);
        if (kind == Type.Kind.TEXT) {
          addCategory(times);
        }
      }
      case LONG, DOUBLE, FLOAT, DECIMAL -> {
        double value = column.doubleAt(row);
        hash(column, row);
        addNumber(value, times);
      }
      case TIMESTAMP, DATE -> {
        hash(column, row);
        addNumber(column.longAt(row), times);
      }
      case BOOL -> {
        hash(column, row);
        addNumber(column.boolAt(row) ? 1 : 0, times);
      }
      case LIST, STRUCT -> hash(column, row);
    }
  }

  private void hash(Column column, int row) {
    form.reset().put(column, row);
    distinct.add(hash.hash(form.bytes(), 0, form.length(), 0));
  }

  private void addNumber(double value, long times) {
    min = Math.min(min, value);
    max = Math.max(max, value);
    for (long i = 0; i < times; i++) {
      moments.add(value);
      histogram.add(value);
    }
  }

  /** Adds the text in {@link #slice}, whose hash was computed last. */
  private void addCategory(long times) {
    TextCounts counts = categories;
    if (counts != null) {
      if (slice.length() > CATEGORY_BYTES) {
        categories = null;
        return;
      }
      counts.add(slice.bytes, slice.start, slice.end, times, hash.high());
      forgetIfMany();
    }
  }

  private void addLabels(Batch batch, Column column) {
    Type.Kind kind = column.type().kind();
    for (int i = 0; i < batch.count() && !labels.isEmpty(); i++) {
      int row = batch.row(i);
      if (column.isNull(row)) {
        continue;
      }
      TextCounts counts = labels.get(batch.keys().splitCode(row));
      if (kind == Type.Kind.TEXT) {
        column.sliceAt(row, slice);
        counts.add(slice.bytes, slice.start, slice.end, 1);
      } else {
        long value = kind == Type.Kind.LONG ? column.longAt(row) : column.boolAt(row) ? 1 : 0;
        WHOLE.set(whole, 0, value);
        counts.add(whole, 0, whole.length, 1);
      }
      forgetLabelsIfMany(counts);
    }
  }

  /** Returns the label stored as {@code bytes[start, end)}. */
  String label(byte[] bytes, int start, int end) {
    return switch (field.type().kind()) {
      case LONG -> Long.toString((long) WHOLE.get(bytes, start));
      case BOOL -> Boolean.toString((long) WHOLE.get(bytes, start) == 1);
      default -> new String(bytes, start, end - start, StandardCharsets.UTF_8);
    };
  }

  /** Depends on the sets of values alone. */
  private void forgetLabelsIfMany(TextCounts counts) {
    if (counts.distinct() > LABELS) {
      labels = List.of();
    }
  }

  /** Depends on the set of values alone, so it is the same for any order and sharding. */
  private void forgetIfMany() {
    if (categories != null && categories.distinct() > CATEGORIES) {
      categories = null;
    }
  }

  void merge(FieldProfile other) {
    samples += other.samples;
    missing += other.missing;
    min = Math.min(min, other.min);
    max = Math.max(max, other.max);
    moments.merge(other.moments);
    histogram.merge(other.histogram);
    distinct.merge(other.distinct);
    if (categories != null && other.categories != null) {
      categories.merge(other.categories);
      forgetIfMany();
    } else {
      categories = null;
    }
    if (!labels.isEmpty() && !other.labels.isEmpty()) {
      for (int split = 0; split < labels.size() && split < other.labels.size(); split++) {
        labels.get(split).merge(other.labels.get(split));
      }
      if (labels.stream().anyMatch(counts -> counts.distinct() > LABELS)) {
        labels = List.of();
      }
    } else {
      labels = List.of();
    }
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(samples);
    out.writeLong(missing);
    out.writeDouble(min);
    out.writeDouble(max);
    moments.write(out);
    histogram.write(out);
    distinct.write(out);
    out.writeBoolean(categories != null);
    if (categories != null) {
      categories.write(out);
    }
    out.writeByte(labels.size());
    for (TextCounts counts : labels) {
      counts.write(out);
    }
  }

  static FieldProfile read(DataInput in, Field field) throws IOException {
    FieldProfile profile = new FieldProfile(field);
    profile.samples = in.readLong();
    profile.missing = in.readLong();
    profile.min = in.readDouble();
    profile.max = in.readDouble();
    profile.moments = Moments.read(in);
    profile.histogram = LogHistogram.read(in);
    profile.distinct = DistinctCount.read(in);
    profile.categories = in.readBoolean() ? TextCounts.read(in) : null;
    List<TextCounts> labels = new ArrayList<>();
    int splits = in.readUnsignedByte();
    for (int split = 0; split < splits; split++) {
      labels.add(TextCounts.read(in));
    }
    profile.labels = labels;
    return profile;
  }
}
