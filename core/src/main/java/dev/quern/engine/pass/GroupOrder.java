package dev.quern.engine.pass;

import dev.quern.data.Batch;
import dev.quern.data.CanonicalForm;
import dev.quern.data.Hash128;
import dev.quern.data.Schema;
import dev.quern.engine.Grouping;
import dev.quern.engine.SortKey;
import java.util.Arrays;
import java.util.List;

/** The order of a group: hash of the key, key, input, fields of the group's order, rank. */
final class GroupOrder implements RowOrder {
  private static final int KNOWN = 1 << 13;

  private final Grouping grouping;
  private final Hash128 hash = new Hash128();
  private final CanonicalForm first = new CanonicalForm();
  private final CanonicalForm second = new CanonicalForm();

  /** Keys seen last, placed by hash, and their numbers: most rows have a key seen before. */
  private final byte[][] knownKeys = new byte[KNOWN][];

  private final int[] knownNumbers = new int[KNOWN];
  private int numbers;

  /** The order within the samples of an input; no orders where that is the rank. */
  private final FieldOrder[] within;

  GroupOrder(Grouping grouping, List<Schema> inputs, List<SortKey> order) {
    this.grouping = grouping;
    this.within =
        order.isEmpty()
            ? new FieldOrder[0]
            : inputs.stream()
                .map(schema -> new FieldOrder(schema, order))
                .toArray(FieldOrder[]::new);
  }

  @Override
  public Batch view(Batch batch) {
    return batch;
  }

  @Override
  public long prefix(int input, Batch view, int row) {
    grouping.key(input, view, row, first.reset());
    return hash.hash(first.bytes(), 0, first.length(), 0).high();
  }

  @Override
  public int sameness(int input, Batch view, int row) {
    if (within.length > 0) {
      return -1;
    }
    grouping.key(input, view, row, first.reset());
    hash.hash(first.bytes(), 0, first.length(), 0);
    int place = (int) hash.low() & (KNOWN - 1);
    byte[] known = knownKeys[place];
    if (known == null || !Arrays.equals(known, 0, known.length, first.bytes(), 0, first.length())) {
      knownKeys[place] = Arrays.copyOf(first.bytes(), first.length());
      // Numbers may be given anew after an overflow only to rows long gone.
      numbers = numbers == Integer.MAX_VALUE ? 0 : numbers + 1;
      knownNumbers[place] = numbers;
    }
    return knownNumbers[place];
  }

  @Override
  public int compare(int inputA, Batch a, int rowA, int inputB, Batch b, int rowB) {
    grouping.key(inputA, a, rowA, first.reset());
    int order = compareKey(first, inputB, b, rowB);
    if (order == 0) {
      order = Integer.compare(inputA, inputB);
    }
    if (order != 0) {
      return order;
    }
    return within.length > 0
        ? within[inputA].compareWhole(a, rowA, b, rowB)
        : a.keys().compareRank(rowA, b.keys(), rowB);
  }

  /** Compares {@code key} with the key of a row. */
  int compareKey(CanonicalForm key, int input, Batch batch, int row) {
    grouping.key(input, batch, row, second.reset());
    return Arrays.compareUnsigned(key.bytes(), 0, key.length(), second.bytes(), 0, second.length());
  }

  /** Returns the part of {@code parts} that a key with this prefix belongs to; parts keep order. */
  static int part(long prefix, int parts) {
    long unsigned = prefix ^ Long.MIN_VALUE;
    return (int) (((unsigned >>> 32) * parts) >>> 32);
  }
}
