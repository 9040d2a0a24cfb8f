package dev.quern.quality.profile;

import dev.quern.data.Batch;
import dev.quern.data.Codes;
import dev.quern.data.Column;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/** How often each entry of the dictionary met last occurred: batches in turn share one. */
final class CodedCounts {
  private @Nullable Column entries;

  /** By code + 1, so that missing values have a place as well. */
  private long[] hashes = {};

  private long[] counts = {};

  /** Takes an entry that occurred. */
  interface Receiver {
    /** Takes entry {@code code} of {@code entries}, whose hash is {@code hash}. */
    void receive(Column entries, int code, long times, long hash);
  }

  /** Returns whether {@code codes} refer to the entries that are counted. */
  boolean isOf(Codes codes) {
    return entries == codes.entries();
  }

  /**
   * Begins with the entries of {@code codes}; all that was counted must have been taken.
   *
   * @param hash the hashes of the entries, by code + 1, and of what is missing before them
   */
  void begin(Codes codes, long[] hash) {
    entries = codes.entries();
    hashes = hash;
    counts = new long[hash.length];
  }

  /** Counts the selected rows, mixes each value into its sample, returns how many are missing. */
  long add(Batch batch, int[] codes, long[] contents) {
    long before = counts[0];
    if (contents.length == batch.rows()) {
      for (int i = 0; i < contents.length; i++) {
        int place = codes[i] + 1;
        contents[i] = Values.content(contents[i], hashes[place]);
        counts[place]++;
      }
    } else {
      for (int i = 0; i < contents.length; i++) {
        int place = codes[batch.row(i)] + 1;
        contents[i] = Values.content(contents[i], hashes[place]);
        counts[place]++;
      }
    }
    return counts[0] - before;
  }

  /** Hands out what was counted and forgets it. */
  void take(Receiver receiver) {
    Column values = entries;
    if (values == null) {
      return;
    }
    for (int place = 1; place < counts.length; place++) {
      if (counts[place] > 0) {
        receiver.receive(values, place - 1, counts[place], hashes[place]);
      }
    }
    entries = null;
    hashes = new long[0];
    counts = new long[0];
  }

  /** Returns what {@link #begin} wants, by {@code hash} of each code in [0, size). */
  static long[] hashes(int size, IntToLongFunction hash) {
    long[] hashes = new long[size + 1];
    hashes[0] = Values.MISSING;
    for (int code = 0; code < size; code++) {
      hashes[code + 1] = hash.applyAsLong(code);
    }
    return hashes;
  }
}
