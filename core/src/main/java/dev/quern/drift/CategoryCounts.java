package dev.quern.drift;

import dev.quern.statistics.TextCounts;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Counts of categories while there are at most {@value #LIMIT} of at most {@value #LONGEST} bytes
 * (UTF-8) each; given up for good where there are more, which depends on the set of values alone.
 */
public final class CategoryCounts {
  /** Categories at most. */
  public static final int LIMIT = 4096;

  /** Bytes of a category at most. */
  public static final int LONGEST = 256;

  private static final int VERSION = 1;

  private TextCounts counts = new TextCounts();
  private boolean given = true;

  /** Adds {@code occurrences} of the category {@code bytes[start, end)}. */
  public void add(byte[] bytes, int start, int end, long occurrences) {
    if (given) {
      if (end - start > LONGEST) {
        giveUp();
        return;
      }
      counts.add(bytes, start, end, occurrences);
      check();
    }
  }

  /** Adds {@code occurrences} of {@code category}. */
  public void add(String category, long occurrences) {
    byte[] bytes = category.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    add(bytes, 0, bytes.length, occurrences);
  }

  /** Adds what {@code other} has seen. */
  public void merge(CategoryCounts other) {
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
  public boolean isGiven() {
    return given;
  }

  /** Returns the counts; none where they were given up. */
  public TextCounts counts() {
    return counts;
  }

  /** Writes the state. */
  public void write(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeBoolean(given);
    counts.write(out);
  }

  /** Returns the counts whose state was written. */
  public static CategoryCounts read(DataInput in) throws IOException {
    States.expect(in, "category counts", VERSION);
    CategoryCounts read = new CategoryCounts();
    read.given = in.readBoolean();
    read.counts = TextCounts.read(in);
    return read;
  }
}
