package dev.quern.format.source;

import dev.quern.data.Column;
import dev.quern.data.Nulls;
import dev.quern.data.TextColumn;
import dev.quern.data.Type;
import java.util.Arrays;

/**
 * Texts of one or more columns as slices of the block they stand in, without copying. What is not
 * in the block as it should read (doubled quotes) is put behind a copy of it. Not safe for several
 * threads.
 */
public final class TextSlices {
  private byte[] bytes = {};
  private int used;
  private boolean borrowed;

  /** Takes {@code block} as the array that slices point into; it is never written. */
  public void over(byte[] block) {
    bytes = block;
    used = block.length;
    borrowed = true;
  }

  /** Appends room for {@code more} bytes and returns where it starts. */
  public int room(int more) {
    int start = used;
    if (borrowed || used + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.addExact(used + more, Math.max(1024, used >> 2)));
      borrowed = false;
    }
    used += more;
    return start;
  }

  /** Gives back the last {@code count} bytes of what {@link #room} gave. */
  public void giveBack(int count) {
    used -= count;
  }

  /** Returns the array to write what {@link #room} gave. */
  public byte[] bytes() {
    return bytes;
  }

  /** The values of one text column. */
  public static final class Values {
    private int[] starts = new int[256];
    private int[] ends = new int[256];
    private final Nulls.Builder nulls = new Nulls.Builder();
    private int size;

    /** Appends a slice. */
    public void add(int start, int end) {
      if (size == starts.length) {
        starts = Arrays.copyOf(starts, 2 * size);
        ends = Arrays.copyOf(ends, 2 * size);
      }
      starts[size] = start;
      ends[size++] = end;
    }

    /** Appends a missing value. */
    public void addNull() {
      nulls.set(size);
      add(0, 0);
    }

    /** Returns the column and starts anew. */
    public Column build(TextSlices slices) {
      Column column = new TextColumn(Type.TEXT, slices.bytes, starts, ends, size, nulls.build());
      starts = new int[Math.max(256, size)];
      ends = new int[starts.length];
      size = 0;
      return column;
    }
  }
}
