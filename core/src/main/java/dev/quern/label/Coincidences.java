package dev.quern.label;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How often items got each multiset of labels: all that measures of agreement need which do not ask
 * who gave a label. Exact under merge; memory grows with the different multisets, not with the
 * items.
 */
public final class Coincidences {
  /** The order of lists of texts: text by text. */
  static final Comparator<List<String>> ORDER = Coincidences::compare;

  /** Sorted labels of an item, to the number of items that got them. */
  private final TreeMap<List<String>, Long> items = new TreeMap<>(ORDER);

  private static int compare(List<String> a, List<String> b) {
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      int order = a.get(i).compareTo(b.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.size(), b.size());
  }

  /** Adds an item with the labels it got, in any order; missing ones are left out. */
  public void add(List<String> labels) {
    add(labels, 1);
  }

  /** Adds so many items with the same labels. */
  void add(List<String> labels, long number) {
    List<String> sorted = new ArrayList<>(labels);
    sorted.sort(null);
    items.merge(List.copyOf(sorted), number, Long::sum);
  }

  /** Adds what {@code other} has seen. */
  public void merge(Coincidences other) {
    other.items.forEach((labels, number) -> items.merge(labels, number, Long::sum));
  }

  /** Returns the labels that items got, with the number of such items. */
  public Map<List<String>, Long> items() {
    return items;
  }

  /** Writes the state. */
  public void write(DataOutput out) throws IOException {
    out.writeInt(items.size());
    for (Map.Entry<List<String>, Long> entry : items.entrySet()) {
      out.writeInt(entry.getKey().size());
      for (String label : entry.getKey()) {
        byte[] utf8 = label.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
      }
      out.writeLong(entry.getValue());
    }
  }

  /** Returns the state that was written. */
  public static Coincidences read(DataInput in) throws IOException {
    Coincidences read = new Coincidences();
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      List<String> labels = new ArrayList<>();
      int length = in.readInt();
      for (int j = 0; j < length; j++) {
        byte[] utf8 = new byte[in.readInt()];
        in.readFully(utf8);
        labels.add(new String(utf8, StandardCharsets.UTF_8));
      }
      read.items.put(List.copyOf(labels), in.readLong());
    }
    return read;
  }
}
