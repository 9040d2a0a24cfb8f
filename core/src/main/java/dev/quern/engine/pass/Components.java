package dev.quern.engine.pass;

import dev.quern.engine.DataException;
import java.io.IOException;
import java.util.List;

/**
 * The connected components of samples that share links, by union-find over their numbers. Holds 20
 * bytes for each sample, whatever the budget; links are taken in as many passes as it needs.
 */
final class Components {
  /** Bytes a table takes for a link: two longs and an int at half load. */
  private static final long LINK = 40;

  private final int[] parent;
  private final long[] smallestHigh;
  private final long[] smallestLow;

  private Components(int samples) {
    parent = new int[samples];
    smallestHigh = new long[samples];
    smallestLow = new long[samples];
    for (int i = 0; i < samples; i++) {
      parent[i] = i;
    }
  }

  /**
   * Returns the components of the samples of {@code files}, which are numbered file by file.
   *
   * @param links how many links a sample has at most
   * @param memory bytes that tables of links may take
   */
  static Components of(List<LinkFile> files, int links, long memory) throws IOException {
    long samples = files.stream().mapToLong(LinkFile::samples).sum();
    if (samples > Integer.MAX_VALUE - 8) {
      throw new DataException(
          "too_many_samples", "connect must have at most 2147483639 samples; found: " + samples);
    }
    Components components = new Components((int) samples);
    for (int number = 0; number < links; number++) {
      long count = 0;
      for (LinkFile file : files) {
        count += file.count(number);
      }
      int passes = (int) Math.max(1, Math.min(1 << 12, (2 * count * LINK) / memory + 1));
      for (int pass = 0; pass < passes; pass++) {
        components.join(files, number, pass, passes);
      }
    }
    components.name(files);
    return components;
  }

  private void join(List<LinkFile> files, int number, int pass, int passes) throws IOException {
    Table table = new Table();
    int[] base = {0};
    for (LinkFile file : files) {
      file.read(
          number,
          (high, low, sample) -> {
            if (GroupOrder.part(high, passes) == pass) {
              int first = table.firstWith(high, low, base[0] + sample);
              union(first, base[0] + sample);
            }
          });
      base[0] += file.samples();
    }
  }

  private void name(List<LinkFile> files) throws IOException {
    boolean[] named = new boolean[parent.length];
    int[] base = {0};
    for (LinkFile file : files) {
      file.read(
          -1,
          (high, low, sample) -> {
            int root = root(base[0] + sample);
            int order = Long.compareUnsigned(high, smallestHigh[root]);
            if (order == 0) {
              order = Long.compareUnsigned(low, smallestLow[root]);
            }
            if (!named[root] || order < 0) {
              smallestHigh[root] = high;
              smallestLow[root] = low;
              named[root] = true;
            }
          });
      base[0] += file.samples();
    }
    for (int i = 0; i < parent.length; i++) {
      parent[i] = root(i);
    }
  }

  private int root(int sample) {
    int at = sample;
    while (parent[at] != at) {
      parent[at] = parent[parent[at]];
      at = parent[at];
    }
    return at;
  }

  private void union(int a, int b) {
    int rootA = root(a);
    int rootB = root(b);
    // The smaller number leads: no ranks are needed beside path halving.
    if (rootA < rootB) {
      parent[rootB] = rootA;
    } else {
      parent[rootA] = rootB;
    }
  }

  /** Returns the names of the components of the samples from number {@code first} on. */
  StageFiles.ComponentNames names(int first) {
    return new StageFiles.ComponentNames() {
      @Override
      public long high(int sample) {
        return smallestHigh[parent[first + sample]];
      }

      @Override
      public long low(int sample) {
        return smallestLow[parent[first + sample]];
      }
    };
  }

  /** The first sample of each link: an open hash table of primitives. */
  private static final class Table {
    private long[] high = new long[1024];
    private long[] low = new long[1024];
    private int[] sample = new int[1024];
    private int size;

    /** Returns the first sample that came with this link, {@code candidate} if it is the first. */
    int firstWith(long newHigh, long newLow, int candidate) {
      if (2 * size >= high.length) {
        grow();
      }
      int at = place(newHigh, newLow);
      if (sample[at] == 0) {
        high[at] = newHigh;
        low[at] = newLow;
        sample[at] = candidate + 1;
        size++;
      }
      return sample[at] - 1;
    }

    private int place(long newHigh, long newLow) {
      int mask = high.length - 1;
      int at = (int) newLow & mask;
      while (sample[at] != 0 && (high[at] != newHigh || low[at] != newLow)) {
        at = (at + 1) & mask;
      }
      return at;
    }

    private void grow() {
      long[] oldHigh = high;
      long[] oldLow = low;
      int[] oldSample = sample;
      high = new long[2 * oldHigh.length];
      low = new long[high.length];
      sample = new int[high.length];
      for (int i = 0; i < oldHigh.length; i++) {
        if (oldSample[i] != 0) {
          int at = place(oldHigh[i], oldLow[i]);
          high[at] = oldHigh[i];
          low[at] = oldLow[i];
          sample[at] = oldSample[i];
        }
      }
    }
  }
}
