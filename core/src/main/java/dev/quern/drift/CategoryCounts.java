package dev.quern.drift;

import dev.quern.statistics.TextCounts;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Counts of categories while there are at most {@value #LIMIT} of at most {@value #LONGEST} bytes
 * (UTF-8) each; given up for good where there are more, which depends on the set of values alone.
 */
final class CategoryCounts {
  /** Categories at most. */
  static final int LIMIT = 4096;

  /** Bytes of a category at most. */
  static final int LONGEST = 256;

  private static final int VERSION = 1;

  private TextCounts counts = new TextCounts();
  private boolean given = true;

  void add(byte[] bytes, int start, int end, long occurrences) {
    if (given) {
      if (end - start > LONGEST) {
        giveUp();
        return;
      }
      counts.add(bytes, start, end, occurrences);
      check();
    }
  }

  void add(String category, long occurrences) {
    byte[] bytes = category.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    add(bytes, 0, bytes.length, occurrences);
  }

  void merge(CategoryCounts other) {
    if (given && other.given) {
      counts.merge(other.counts);
      check();
    } else {
      giveUp();
    }
  }

  private void check() {
    if (counts.distinct() > LIMIT) {
      giveUp();
    }
  }

  private void giveUp() {
    given = false;
    counts = new TextCounts();
  }

  /** Returns whether there are few enough to be compared. */
  boolean isGiven() {
    return given;
  }

  /** Returns the counts; none where they were given up. */
  TextCounts counts() {
    return counts;
  }

  void write(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeBoolean(given);
    counts.write(out);
  }

  static CategoryCounts read(DataInput in) throws IOException {
    States.expect(in, "category counts", VERSION);
    CategoryCounts read = new CategoryCounts();
    read.given = in.readBoolean();
    read.counts = TextCounts.read(in);
    return read;
  }
}
