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
      count(codes, contents.length);
      long[] hash = hashes;
      for (int i = 0; i < contents.length; i++) {
        contents[i] = Values.content(contents[i], hash[codes[i] + 1]);
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

  /** Equal values come in turn often: a count that was just written must not be waited for. */
  private void count(int[] codes, int size) {
    long[] some = counts;
    long[] others = more;
    int i = 0;
    for (; i + 1 < size; i += 2) {
      some[codes[i] + 1]++;
      others[codes[i + 1] + 1]++;
    }
    if (i < size) {
      some[codes[i] + 1]++;
    }
    some[0] += others[0];
    others[0] = 0;
  }

  /** Hands out what was counted and forgets it. */
  void take(Receiver receiver) {
    Column values = entries;
    if (values == null) {
      return;
    }
    for (int place = 1; place < counts.length; place++) {
      long times = counts[place] + more[place];
      if (times > 0) {
        receiver.receive(values, place - 1, times, hashes[place]);
      }
    }
    entries = null;
    hashes = new long[0];
    counts = new long[0];
    more = new long[0];
  }
}
