package dev.quern.engine.pass;

import dev.quern.data.Batch;
import dev.quern.data.BatchBuilder;
import dev.quern.data.Schema;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The borders between the parts of a sort: views of the first sample of each part but the first, in
 * order.
 *
 * @param prefixes of the samples
 * @param views encoded, see {@link BatchCodec}
 */
public record Borders(long[] prefixes, byte[] views) implements Serializable {

  /** Chooses borders that cut {@code drawn} views into {@code parts} of about one size. */
  static Borders of(List<Batch> drawn, int parts, FieldOrder order) {
    List<Merge.Border> all = new ArrayList<>();
    for (Batch views : drawn) {
      for (int row = 0; row < views.rows(); row++) {
        all.add(new Merge.Border(order.prefix(0, views, row), views, row));
      }
    }
    Comparator<Merge.Border> inOrder =
        (a, b) ->
            a.prefix() != b.prefix()
                ? Long.compare(a.prefix(), b.prefix())
                : order.compare(0, a.view(), a.row(), 0, b.view(), b.row());
    all.sort(inOrder);
    BatchBuilder chosen = new BatchBuilder(order.keySchema());
    long[] prefixes = new long[Math.max(0, parts - 1)];
    Merge.Border last = null;
    int count = 0;
    for (int i = 1; i < parts; i++) {
      int at = (int) ((long) i * all.size() / parts);
      if (at < all.size() && (last == null || inOrder.compare(last, all.get(at)) < 0)) {
        last = all.get(at);
        chosen.append(last.view(), last.row());
        prefixes[count++] = last.prefix();
      }
    }
    ByteSpace out = new ByteSpace();
    new BatchCodec().encode(chosen.build(), out);
    return new Borders(Arrays.copyOf(prefixes, count), Arrays.copyOf(out.bytes(), out.at()));
  }

  /**
   * Returns the first and the last part that samples of {@code frame} can lie in.
   *
   * @param order of the sort
   * @param borders the views of these borders
   */
  int[] parts(RunFrame frame, FieldOrder order, Batch borders) {
    Batch ends = new BatchCodec().decode(order.keySchema(), new ByteSpace(frame.views()));
    return new int[] {
      part(frame.prefixes()[0], ends, 0, order, borders),
      part(frame.prefixes()[1], ends, 1, order, borders)
    };
  }

  /** Returns the part of a sample: the number of borders that do not lie behind it. */
  private int part(long prefix, Batch view, int row, FieldOrder order, Batch borders) {
    int low = 0;
    int high = prefixes.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      int compared =
          prefixes[middle] != prefix
              ? Long.compare(prefixes[middle], prefix)
              : order.compare(0, borders, middle, 0, view, row);
      if (compared <= 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  int count() {
    return prefixes.length;
  }

  /** Returns the views of the borders. */
  Batch views(Schema keySchema) {
    return new BatchCodec().decode(keySchema, new ByteSpace(views));
  }

  /** Returns border {@code number} of {@code views}, null before the first and behind the last. */
  Merge.@Nullable Border border(int number, Batch views) {
    return number < 0 || number >= prefixes.length
        ? null
        : new Merge.Border(prefixes[number], views, number);
  }
}
