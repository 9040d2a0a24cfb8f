package dev.quern.quality.profile;

import dev.quern.data.Batch;
import dev.quern.data.Codes;
import dev.quern.data.Column;
import dev.quern.data.DictionaryColumn;
import dev.quern.data.Hash128;
import dev.quern.data.Slice;
import dev.quern.data.TextColumn;
import dev.quern.statistics.TextCounts;
import dev.quern.text.Utf8;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The values of a field of texts; numbers are lengths in code points. */
final class TextValues extends Values {
  /** A field with a longer text is no category (bytes). */
  private static final int CATEGORY = 256;

  /** Bytes of all distinct values for each of those that may be counted one by one. */
  private static final int BYTES = 64;

  private final int exact;
  private final Hash128 hash = new Hash128();

  /** Exact counts; null where there are too many values or too long ones. */
  @Nullable TextCounts few = new TextCounts();

  /** Of the lengths of all values where they are not counted exactly. */
  Summary lengths = new Summary();

  /** Of all values where they are not counted exactly. */
  Shapes shapes = new Shapes();

  private final CodedCounts coded = new CodedCounts();

  TextValues(int exact) {
    this.exact = exact;
  }

  @Override
  long add(Batch batch, Column column, long[] contents, Scratch scratch) {
    return column instanceof DictionaryColumn words
        ? addCoded(batch, words.dictionary(), words.codes(), contents)
        : addSlices(batch, column, contents);
  }

  private long addCoded(Batch batch, TextColumn texts, Codes codes, long[] contents) {
    if (!coded.isOf(codes)) {
      settle();
      coded.begin(codes, CodedHashes.of(texts));
    }
    return coded.add(batch, codes.codes(), contents);
  }

  @Override
  void settle() {
    coded.take(
        (entries, codes, times, hashes, size) ->
            add((TextColumn) entries, codes, times, hashes, size));
  }

  private void add(TextColumn entries, int[] codes, long[] times, long[] hashes, int size) {
    int at = count(entries, codes, times, hashes, size);
    Texts rest = new Texts(size - at);
    for (; at < size; at++) {
      rest.add(entries.start(codes[at]), entries.end(codes[at]), times[at], hashes[at]);
    }
    stream(entries.bytes(), rest);
  }

  /** Counts texts one by one while there are few; returns how many of them. */
  private int count(TextColumn entries, int[] codes, long[] times, long[] hashes, int size) {
    byte[] bytes = entries.bytes();
    int at = 0;
    for (TextCounts kept = few; kept != null && at < size; kept = few, at++) {
      count(kept, bytes, entries.start(codes[at]), entries.end(codes[at]), times[at], hashes[at]);
    }
    return at;
  }

  private long addSlices(Batch batch, Column column, long[] contents) {
    Slice slice = new Slice();
    long missing = 0;
    boolean gaps = column.nulls().any();
    double[] numbers = new double[few == null ? contents.length : 0];
    int size = 0;
    for (int i = 0; i < contents.length; i++) {
      int row = batch.row(i);
      if (gaps && column.isNull(row)) {
        contents[i] = content(contents[i], MISSING);
        missing++;
        continue;
      }
      column.sliceAt(row, slice);
      long hashed = hash.hash(slice.bytes, slice.start, slice.end, 0).high();
      contents[i] = content(contents[i], hashed);
      TextCounts kept = few;
      if (kept != null) {
        count(kept, slice.bytes, slice.start, slice.end, 1, hashed);
        continue;
      }
      if (numbers.length == 0) {
        numbers = new double[contents.length];
      }
      numbers[size++] = Utf8.codePoints(slice.bytes, slice.start, slice.end);
      distinct.add(hashed);
      smallest.add(hashed);
      shapes.add(slice.bytes, slice.start, slice.end, 1);
    }
    lengths.add(numbers, size);
    return missing;
  }

  private void count(TextCounts kept, byte[] bytes, int start, int end, long times, long hashed) {
    kept.add(bytes, start, end, times, hashed);
    if (end - start > CATEGORY || isMany(kept)) {
      leave(kept);
    }
  }

  private boolean isMany(TextCounts counts) {
    return counts.distinct() > exact || counts.bytes() > exact * BYTES;
  }

  /** Adds texts in {@code bytes}, one property of all of them after the other. */
  private void stream(byte[] bytes, Texts texts) {
    distinct.add(texts.hashes, 0, texts.size);
    smallest.add(texts.hashes, texts.times, texts.size);
    measure(bytes, texts);
    shape(bytes, texts);
  }

  private void shape(byte[] bytes, Texts texts) {
    for (int i = 0; i < texts.size; i++) {
      shapes.add(bytes, texts.starts[i], texts.ends[i], texts.times[i]);
    }
  }

  /** Adds lengths, of which there are few. */
  private void measure(byte[] bytes, Texts texts) {
    long[] counts = new long[CATEGORY + 1];
    for (int i = 0; i < texts.size; i++) {
      int length = Utf8.codePoints(bytes, texts.starts[i], texts.ends[i]);
      if (length < counts.length) {
        counts[length] += texts.times[i];
      } else {
        lengths.add(length, texts.times[i]);
      }
    }
    for (int length = 0; length < counts.length; length++) {
      if (counts[length] > 0) {
        lengths.add(length, counts[length]);
      }
    }
  }

  /** Where texts lie, how often each occurred, and their hashes. */
  private static final class Texts {
    private final int[] starts;
    private final int[] ends;
    private final long[] times;
    private final long[] hashes;
    private int size;

    Texts(int most) {
      starts = new int[most];
      ends = new int[most];
      times = new long[most];
      hashes = new long[most];
    }

    void add(int start, int end, long occurred, long hash) {
      starts[size] = start;
      ends[size] = end;
      times[size] = occurred;
      hashes[size++] = hash;
    }
  }

  /** Depends on the set of values alone, so it is the same for any order and parts. */
  private void leave(TextCounts counts) {
    few = null;
    replay(counts);
  }

  private void replay(TextCounts counts) {
    Texts texts = new Texts(counts.distinct());
    byte[][] arena = {{}};
    counts.forEachUnsorted(
        (bytes, start, end, times, hashed) -> {
          arena[0] = bytes;
          texts.add(start, end, times, hashed);
        });
    stream(arena[0], texts);
  }

  @Override
  void merge(Values values) {
    TextValues other = (TextValues) values;
    TextCounts mine = few;
    TextCounts theirs = other.few;
    if (mine != null && theirs != null) {
      mine.merge(theirs);
      if (isMany(mine)) {
        leave(mine);
      }
      return;
    }
    if (mine != null) {
      leave(mine);
    }
    if (theirs != null) {
      replay(theirs);
    }
    mergeDistinct(other);
    lengths.merge(other.lengths);
    shapes.merge(other.shapes);
  }

  /** Returns a summary of the lengths of all values. */
  Summary summarized() {
    TextCounts kept = few;
    if (kept == null) {
      return lengths;
    }
    Summary all = new Summary();
    kept.forEachUnsorted(
        (bytes, start, end, times, hashed) -> all.add(Utf8.codePoints(bytes, start, end), times));
    return all;
  }

  /** Returns the shapes of all values. */
  Shapes shaped() {
    TextCounts kept = few;
    if (kept == null) {
      return shapes;
    }
    Shapes all = new Shapes();
    kept.forEachUnsorted((bytes, start, end, times, hashed) -> all.add(bytes, start, end, times));
    return all;
  }

  @Override
  void write(DataOutput out) throws IOException {
    TextCounts kept = few;
    out.writeBoolean(kept != null);
    if (kept != null) {
      kept.write(out);
    } else {
      writeDistinct(out);
      lengths.write(out);
      shapes.write(out);
    }
  }

  static TextValues read(DataInput in, int exact) throws IOException {
    TextValues values = new TextValues(exact);
    if (in.readBoolean()) {
      values.few = TextCounts.read(in);
    } else {
      values.few = null;
      values.readDistinct(in);
      values.lengths = Summary.read(in);
      values.shapes = Shapes.read(in);
    }
    return values;
  }
}
