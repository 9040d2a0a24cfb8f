package dev.quern.quality.profile;

import dev.quern.statistics.TextCounts;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** How texts are built: masks, scripts, flaws; see {@link Mask}. */
final class Shapes {
  /** Beyond this many masks a field has no formats and they are forgotten. */
  static final int MASKS = 256;

  final long[] scripts = new long[Script.values().length];
  final long[] flaws = new long[Mask.Flaw.values().length];

  /** Texts too long for a mask. */
  long unmasked;

  @Nullable TextCounts masks = new TextCounts();

  private final Mask mask = new Mask();

  /** The mask met last and how often since: formats come in runs. */
  private byte[] last = {};

  private long pending;

  void add(byte[] text, int start, int end, long times) {
    if (mask.read(text, start, end)) {
      count(times);
    } else {
      unmasked += times;
    }
    tally(scripts, mask.scripts, times);
    if (mask.flaws != 0) {
      tally(flaws, mask.flaws, times);
    }
  }

  private void count(long times) {
    if (masks == null) {
      return;
    }
    if (pending > 0 && Arrays.equals(last, 0, last.length, mask.bytes, 0, mask.length)) {
      pending += times;
      return;
    }
    settle();
    last = Arrays.copyOf(mask.bytes, mask.length);
    pending = times;
  }

  private static void tally(long[] counts, int bits, long times) {
    for (int rest = bits; rest != 0; rest &= rest - 1) {
      counts[Integer.numberOfTrailingZeros(rest)] += times;
    }
  }

  private void settle() {
    TextCounts counts = masks;
    if (counts != null && pending > 0) {
      counts.add(last, 0, last.length, pending);
      forgetIfMany();
    }
    pending = 0;
  }

  /** Depends on the set of masks alone. */
  private void forgetIfMany() {
    if (masks != null && masks.distinct() > MASKS) {
      masks = null;
    }
  }

  void merge(Shapes other) {
    settle();
    other.settle();
    for (int i = 0; i < scripts.length; i++) {
      scripts[i] += other.scripts[i];
    }
    for (int i = 0; i < flaws.length; i++) {
      flaws[i] += other.flaws[i];
    }
    unmasked += other.unmasked;
    if (masks != null && other.masks != null) {
      masks.merge(other.masks);
      forgetIfMany();
    } else {
      masks = null;
    }
  }

  /** Returns the counts of the masks, or null where there are too many. */
  @Nullable TextCounts masks() {
    settle();
    return masks;
  }

  long flawed(Mask.Flaw flaw) {
    return flaws[flaw.ordinal()];
  }

  void write(DataOutput out) throws IOException {
    settle();
    for (long count : scripts) {
      out.writeLong(count);
    }
    for (long count : flaws) {
      out.writeLong(count);
    }
    out.writeLong(unmasked);
    out.writeBoolean(masks != null);
    if (masks != null) {
      masks.write(out);
    }
  }

  static Shapes read(DataInput in) throws IOException {
    Shapes shapes = new Shapes();
    for (int i = 0; i < shapes.scripts.length; i++) {
      shapes.scripts[i] = in.readLong();
    }
    for (int i = 0; i < shapes.flaws.length; i++) {
      shapes.flaws[i] = in.readLong();
    }
    shapes.unmasked = in.readLong();
    shapes.masks = in.readBoolean() ? TextCounts.read(in) : null;
    return shapes;
  }
}
