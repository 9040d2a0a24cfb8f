package dev.quern.quality.profile;

import dev.quern.data.Batch;
import dev.quern.data.Codes;
import dev.quern.data.Column;
import org.jspecify.annotations.Nullable;

/** How often each entry of the dictionary met last occurred: batches in turn share one. */
final class CodedCounts {
  private @Nullable Column entries;

  /** By code + 1, so that missing values have a place as well. */
  private long[] hashes = {};

  private long[] counts = {};

  /** The same of every other row; what is missing is in {@link #counts} alone. */
  private long[] more = {};

  /** Takes the entries that occurred. */
  interface Receiver {
    /**
     * Takes entries {@code codes[0, size)} of {@code entries}, each with how often it occurred and
     * its hash.
     */
    void receive(Column entries, int[] codes, long[] times, long[] hashes, int size);
  }

  /** Returns whether {@code codes} refer to the entries that are counted. */
  boolean isOf(Codes codes) {
    return entries == codes.entries();
  }

  /**
   * Begins with the entries of {@code codes}; all that was counted must have been taken.
   *
   * @param hash see {@link CodedHashes}
   */
  void begin(Codes codes, long[] hash) {
    entries = codes.entries();
    hashes = hash;
    counts = new long[hash.length];
    more = new long[hash.length];
  }

  /** Counts the selected rows, mixes each value into its sample, returns how many are missing. */
  long add(Batch batch, int[] codes, long[] contents) {
    long before = counts[0];
    if (contents.length == batch.rows()) {
      countAll(codes, contents, counts, more, hashes);
      counts[0] += more[0];
      more[0] = 0;
    } else {
      for (int i = 0; i < contents.length; i++) {
        int place = codes[batch.row(i)] + 1;
        contents[i] = Values.content(contents[i], hashes[place]);
        counts[place]++;
      }
    }
    return counts[0] - before;
  }

  /** Equal values come in turn often: a count that was just written must not be waited for. */
  private static void countAll(
      int[] codes, long[] contents, long[] some, long[] others, long[] hashes) {
    int i = 0;
    for (; i + 1 < contents.length; i += 2) {
      int place = codes[i] + 1;
      int next = codes[i + 1] + 1;
      contents[i] = Values.content(contents[i], hashes[place]);
      contents[i + 1] = Values.content(contents[i + 1], hashes[next]);
      some[place]++;
      others[next]++;
    }
    if (i < contents.length) {
      int place = codes[i] + 1;
      contents[i] = Values.content(contents[i], hashes[place]);
      some[place]++;
    }
  }

  /** Hands out what was counted and forgets it. */
  void take(Receiver receiver) {
    Column values = entries;
    if (values == null) {
      return;
    }
    int[] codes = new int[counts.length];
    long[] times = new long[counts.length];
    long[] hash = new long[counts.length];
    int size = 0;
    for (int place = 1; place < counts.length; place++) {
      long occurred = counts[place] + more[place];
      if (occurred > 0) {
        codes[size] = place - 1;
        times[size] = occurred;
        hash[size++] = hashes[place];
      }
    }
    entries = null;
    hashes = new long[0];
    counts = new long[0];
    more = new long[0];
    receiver.receive(values, codes, times, hash, size);
  }
}
