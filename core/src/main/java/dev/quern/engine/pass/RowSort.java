package dev.quern.engine.pass;

import dev.quern.data.Batch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Sorts the samples of some batches of one input in memory; stable. Not safe for several threads.
 */
final class RowSort {
  private static final int INSERTION = 8;

  private final RowOrder order;
  private final int input;
  private final List<Batch> batches = new ArrayList<>();
  private final List<Batch> views = new ArrayList<>();
  private long[] prefixes = new long[1024];
  private int[] sameness = new int[1024];
  private int[] batchOf = new int[1024];
  private int[] rowOf = new int[1024];
  private int size;
  private long memory;

  /** Whether ranks ascend over all samples held, as they mostly do. */
  private boolean inRankOrder = true;

  RowSort(RowOrder order, int input) {
    this.order = order;
    this.input = input;
  }

  void add(Batch batch) {
    Batch view = order.view(batch);
    int number = batches.size();
    batches.add(batch);
    views.add(view);
    memory += batch.memory() + 24L * batch.count();
    if (size + batch.count() > prefixes.length) {
      int room = Math.max(2 * prefixes.length, size + batch.count());
      prefixes = Arrays.copyOf(prefixes, room);
      sameness = Arrays.copyOf(sameness, room);
      batchOf = Arrays.copyOf(batchOf, room);
      rowOf = Arrays.copyOf(rowOf, room);
    }
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      prefixes[size] = order.prefix(input, view, row);
      sameness[size] = order.sameness(input, view, row);
      batchOf[size] = number;
      rowOf[size] = row;
      inRankOrder = inRankOrder && (size == 0 || compareRank(size - 1, size) <= 0);
      size++;
    }
  }

  int size() {
    return size;
  }

  /** Returns about how many bytes are held. */
  long memory() {
    return memory;
  }

  /** Takes the samples in order. */
  interface Receiver {
    void receive(long prefix, Batch batch, Batch view, int row) throws java.io.IOException;
  }

  /** Hands over all samples in order and forgets them. */
  void drain(Receiver receiver) throws java.io.IOException {
    int[] index = new int[size];
    for (int i = 0; i < size; i++) {
      index[i] = i;
    }
    sort(index, 0, size, new int[size]);
    for (int i : index) {
      receiver.receive(prefixes[i], batches.get(batchOf[i]), views.get(batchOf[i]), rowOf[i]);
    }
    batches.clear();
    views.clear();
    size = 0;
    memory = 0;
    inRankOrder = true;
  }

  private int compareRank(int a, int b) {
    return batches
        .get(batchOf[a])
        .keys()
        .compareRank(rowOf[a], batches.get(batchOf[b]).keys(), rowOf[b]);
  }

  private boolean isBefore(int a, int b) {
    if (prefixes[a] != prefixes[b]) {
      return prefixes[a] < prefixes[b];
    }
    if (sameness[a] >= 0 && sameness[a] == sameness[b]) {
      return inRankOrder ? a < b : compareRank(a, b) < 0;
    }
    return order.compare(
            input, views.get(batchOf[a]), rowOf[a], input, views.get(batchOf[b]), rowOf[b])
        < 0;
  }

  private void sort(int[] index, int from, int to, int[] scratch) {
    if (to - from <= INSERTION) {
      for (int i = from + 1; i < to; i++) {
        int moved = index[i];
        int at = i;
        while (at > from && isBefore(moved, index[at - 1])) {
          index[at] = index[at - 1];
          at--;
        }
        index[at] = moved;
      }
      return;
    }
    int middle = (from + to) >>> 1;
    sort(index, from, middle, scratch);
    sort(index, middle, to, scratch);
    if (!isBefore(index[middle], index[middle - 1])) {
      return;
    }
    System.arraycopy(index, from, scratch, from, middle - from);
    int left = from;
    int right = middle;
    int out = from;
    while (left < middle && right < to) {
      index[out++] = isBefore(index[right], scratch[left]) ? index[right++] : scratch[left++];
    }
    System.arraycopy(scratch, left, index, out, middle - left);
  }
}
