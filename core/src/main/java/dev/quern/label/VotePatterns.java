package dev.quern.label;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How many items got each combination of labels from the same annotators. Exact under merge; memory
 * grows with the different combinations, not with the items.
 */
public final class VotePatterns {
  private final int annotators;
  private final TreeMap<Pattern, Long> items = new TreeMap<>();

  /**
   * The labels of one item, one for each annotator.
   *
   * @param votes in the order of the annotators; empty where one gave none
   */
  public record Pattern(List<Optional<String>> votes) implements Comparable<Pattern> {
    public Pattern {
      votes = List.copyOf(votes);
    }

    @Override
    public int compareTo(Pattern other) {
      for (int i = 0; i < votes.size(); i++) {
        // No vote comes before all others: labels are written behind a sign.
        int order = written(i).compareTo(other.written(i));
        if (order != 0) {
          return order;
        }
      }
      return 0;
    }

    private String written(int i) {
      return votes.get(i).map(label -> "=" + label).orElse("");
    }
  }

  /** Makes a state of so many annotators that has seen nothing. */
  public VotePatterns(int annotators) {
    this.annotators = annotators;
  }

  /** Adds so many items with the labels of {@code pattern}. */
  public void add(Pattern pattern, long number) {
    items.merge(pattern, number, Long::sum);
  }

  /** Adds what {@code other} has seen. */
  public void merge(VotePatterns other) {
    other.items.forEach(this::add);
  }

  /** Returns the combinations of labels, with the number of their items. */
  public Map<Pattern, Long> items() {
    return items;
  }

  /** Returns the number of annotators. */
  public int annotators() {
    return annotators;
  }

  /** Returns these without who gave which label. */
  public Coincidences coincidences() {
    Coincidences all = new Coincidences();
    items.forEach(
        (pattern, number) ->
            all.add(pattern.votes().stream().flatMap(Optional::stream).toList(), number));
    return all;
  }

  /** Returns the pairs of labels of the first two annotators, of items that both labelled. */
  public Map<List<String>, Long> pairs() {
    Map<List<String>, Long> pairs = new TreeMap<>(Coincidences.ORDER);
    items.forEach(
        (pattern, number) -> {
          Optional<String> first = pattern.votes().get(0);
          Optional<String> second = pattern.votes().get(1);
          if (first.isPresent() && second.isPresent()) {
            pairs.merge(List.of(first.get(), second.get()), number, Long::sum);
          }
        });
    return pairs;
  }

  /** Writes the state. */
  public void write(DataOutput out) throws IOException {
    out.writeInt(items.size());
    for (Map.Entry<Pattern, Long> entry : items.entrySet()) {
      for (Optional<String> vote : entry.getKey().votes()) {
        byte[] utf8 = vote.map(text -> text.getBytes(StandardCharsets.UTF_8)).orElse(new byte[0]);
        out.writeInt(vote.isPresent() ? utf8.length : -1);
        out.write(utf8);
      }
      out.writeLong(entry.getValue());
    }
  }

  /** Returns the state of so many annotators that was written. */
  public static VotePatterns read(DataInput in, int annotators) throws IOException {
    VotePatterns read = new VotePatterns(annotators);
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      List<Optional<String>> votes = new ArrayList<>(annotators);
      for (int k = 0; k < annotators; k++) {
        int length = in.readInt();
        byte[] utf8 = new byte[Math.max(0, length)];
        in.readFully(utf8);
        votes.add(
            length < 0 ? Optional.empty() : Optional.of(new String(utf8, StandardCharsets.UTF_8)));
      }
      read.add(new Pattern(votes), in.readLong());
    }
    return read;
  }
}
