package dev.quern.engine.pass;

import dev.quern.data.Batch;
import dev.quern.data.Schema;
import dev.quern.engine.SampleFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sorted runs as one: holds one frame of each and gives the samples in order, one after the other;
 * equal ones in the order of the runs. Not safe for several threads.
 */
final class Merge {
  private final SampleFiles files;
  private final RowOrder order;
  private final List<Schema> schemas;
  private final @Nullable Border from;
  private final @Nullable Border to;
  private final BatchCodec codec = new BatchCodec();
  private final Cursor[] heap;
  private int size;
  private long bytesRead;

  /** A place in the order that parts two parts: the first sample of the later one. */
  record Border(long prefix, Batch view, int row) {}

  /**
   * Opens a merge of what lies between two borders.
   *
   * @param files reads the runs
   * @param schemas by input
   * @param from first sample, or null for the start
   * @param to the first sample behind, or null for the end
   */
  Merge(
      SampleFiles files,
      List<SortedRun> runs,
      List<Schema> schemas,
      RowOrder order,
      @Nullable Border from,
      @Nullable Border to)
      throws IOException {
    this.files = files;
    this.order = order;
    this.schemas = schemas;
    this.from = from;
    this.to = to;
    List<Cursor> open = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      Cursor cursor = new Cursor(runs.get(i), i);
      if (cursor.open()) {
        open.add(cursor);
      }
    }
    heap = open.toArray(Cursor[]::new);
    size = heap.length;
    for (int i = size / 2 - 1; i >= 0; i--) {
      siftDown(i);
    }
  }

  /** Returns whether there is a sample. */
  boolean isOpen() {
    return size > 0;
  }

  long prefix() {
    return heap[0].prefixes[heap[0].row];
  }

  /** Returns the number of the sample, see {@link RowOrder#sameness}. */
  int sameness() {
    return heap[0].sameness;
  }

  int input() {
    return heap[0].run.input();
  }

  Batch batch() {
    return heap[0].batch();
  }

  Batch view() {
    return heap[0].view();
  }

  int row() {
    return heap[0].row;
  }

  /** Returns the bytes read so far. */
  long bytesRead() {
    return bytesRead;
  }

  /** Moves on to the next sample. */
  void advance() throws IOException {
    if (!heap[0].advance()) {
      heap[0] = heap[--size];
    }
    if (size > 0) {
      siftDown(0);
    }
  }

  private void siftDown(int start) {
    int at = start;
    Cursor moved = heap[at];
    while (2 * at + 1 < size) {
      int child = 2 * at + 1;
      if (child + 1 < size && isBefore(heap[child + 1], heap[child])) {
        child++;
      }
      if (!isBefore(heap[child], moved)) {
        break;
      }
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = moved;
  }

  private boolean isBefore(Cursor a, Cursor b) {
    long prefixA = a.prefixes[a.row];
    long prefixB = b.prefixes[b.row];
    if (prefixA != prefixB) {
      return prefixA < prefixB;
    }
    int byOrder;
    if (a.sameness >= 0 && a.sameness == b.sameness) {
      byOrder = Integer.compare(a.run.input(), b.run.input());
      if (byOrder == 0) {
        byOrder = a.view().keys().compareRank(a.row, b.view().keys(), b.row);
      }
    } else {
      byOrder = order.compare(a.run.input(), a.view(), a.row, b.run.input(), b.view(), b.row);
    }
    return byOrder != 0 ? byOrder < 0 : a.number < b.number;
  }

  /** Compares a border with a sample. */
  private int compare(Border border, long prefix, int input, Batch view, int row) {
    return border.prefix != prefix
        ? Long.compare(border.prefix, prefix)
        : order.compare(input, border.view, border.row, input, view, row);
  }

  /** A place in one run. */
  private final class Cursor {
    private final SortedRun run;
    private final int number;
    private int frame;
    private long[] prefixes = {};
    private @Nullable Batch batch;
    private @Nullable Batch view;
    private int row;
    private int sameness;

    Cursor(SortedRun run, int number) {
      this.run = run;
      this.number = number;
    }

    Batch batch() {
      return present(batch);
    }

    Batch view() {
      return present(view);
    }

    private Batch present(@Nullable Batch found) {
      if (found == null) {
        throw new IllegalStateException("cursor must be open");
      }
      return found;
    }

    boolean open() throws IOException {
      frame = from == null ? 0 : firstFrame(from);
      if (!load()) {
        return false;
      }
      if (from != null) {
        while (compare(from, prefixes[row], run.input(), view(), row) > 0) {
          if (++row == prefixes.length && !load()) {
            return false;
          }
        }
      }
      return enter();
    }

    /** Takes in the sample moved to and returns whether it lies before the end. */
    private boolean enter() {
      sameness = order.sameness(run.input(), view(), row);
      return isInside();
    }

    /** Returns the last frame that begins at or before {@code border}, else the first. */
    private int firstFrame(Border border) {
      Batch fences = run.fences();
      if (fences == null) {
        return 0;
      }
      int low = 0;
      int high = run.places().length;
      while (high - low > 1) {
        int middle = (low + high) >>> 1;
        if (compare(border, run.fencePrefixes()[middle], run.input(), fences, middle) >= 0) {
          low = middle;
        } else {
          high = middle;
        }
      }
      return low;
    }

    boolean advance() throws IOException {
      return (++row < prefixes.length || load()) && enter();
    }

    private boolean isInside() {
      return to == null || compare(to, prefixes[row], run.input(), view(), row) > 0;
    }

    private boolean load() throws IOException {
      if (frame == run.places().length) {
        return false;
      }
      long place = run.places()[frame];
      byte[] body;
      Frames.Head head;
      // Opened anew for each frame: a merge of many runs must not run out of file handles.
      try (SampleFiles.Input content = files.open(run.file())) {
        head = Frames.head(content, place);
        body = Frames.body(content, place, head);
      }
      bytesRead += run.sizes()[frame];
      frame++;
      ByteSpace in = new ByteSpace(body);
      prefixes = in.takeLongs(head.rows());
      batch = codec.decode(schemas.get(run.input()), in);
      view = order.view(batch);
      row = 0;
      return true;
    }
  }
}
