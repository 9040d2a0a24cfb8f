package dev.quern.privacy.recognise;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Shapes as one deterministic automaton: the subset construction over classes of characters that no
 * shape tells apart. State 0 is dead, state 1 the first.
 */
public final class Automaton {
  /** By character its class; 0 is that of all characters in no shape. */
  private final byte[] classes;

  private final int width;
  private final int[] next;
  private final int[][] accepted;

  /**
   * Compiles {@code shapes}.
   *
   * @throws IllegalArgumentException if they need more than {@code mostStates} states, or tell more
   *     classes of characters apart than there may be
   */
  public Automaton(List<Shape> shapes, int mostStates) {
    Parts parts = new Parts();
    List<Integer> first = new ArrayList<>();
    for (int i = 0; i < shapes.size(); i++) {
      int from = parts.state();
      int to = parts.state();
      parts.build(shapes.get(i), from, to);
      parts.accepts.put(to, i);
      first.add(from);
    }
    classes = new byte[parts.sets.stream().mapToInt(BitSet::length).max().orElse(0)];
    width = classify(parts);
    Subsets subsets = new Subsets(parts, width, classes, mostStates);
    subsets.build(first);
    next = subsets.next();
    accepted = subsets.accepted.toArray(new int[0][]);
  }

  /** Returns the state behind {@code state} when {@code c} comes, 0 if nothing can match. */
  public int next(int state, char c) {
    return c < classes.length ? next[state * width + classes[c]] : 0;
  }

  /** Returns the shapes that match where {@code state} is reached; empty if none. */
  public int[] accepted(int state) {
    return accepted[state];
  }

  private int classify(Parts parts) {
    Map<BitSet, Integer> known = new HashMap<>();
    BitSet all = new BitSet();
    parts.sets.forEach(all::or);
    for (int c = all.nextSetBit(0); c >= 0; c = all.nextSetBit(c + 1)) {
      BitSet signature = new BitSet();
      for (int i = 0; i < parts.sets.size(); i++) {
        signature.set(i, parts.sets.get(i).get(c));
      }
      int number = known.computeIfAbsent(signature, s -> known.size() + 1);
      if (number > Byte.MAX_VALUE) {
        throw new IllegalArgumentException(
            "patterns must tell at most "
                + Byte.MAX_VALUE
                + " classes of characters apart; found: more");
      }
      classes[c] = (byte) number;
    }
    return known.size() + 1;
  }

  /** The shapes as one automaton that may be in several states at once. */
  private static final class Parts {
    private final List<BitSet> sets = new ArrayList<>();
    private final Map<BitSet, Integer> numbers = new HashMap<>();
    private final List<List<int[]>> steps = new ArrayList<>();
    private final List<List<Integer>> jumps = new ArrayList<>();
    private final Map<Integer, Integer> accepts = new HashMap<>();

    int state() {
      steps.add(new ArrayList<>());
      jumps.add(new ArrayList<>());
      return steps.size() - 1;
    }

    void build(Shape shape, int from, int to) {
      if (shape instanceof Shape.One one) {
        int set =
            numbers.computeIfAbsent(
                one.chars(),
                chars -> {
                  sets.add(chars);
                  return sets.size() - 1;
                });
        steps.get(from).add(new int[] {set, to});
      } else if (shape instanceof Shape.Sequence sequence) {
        int at = from;
        for (Shape part : sequence.parts()) {
          int behind = state();
          build(part, at, behind);
          at = behind;
        }
        jumps.get(at).add(to);
      } else if (shape instanceof Shape.Choice choice) {
        choice.choices().forEach(part -> build(part, from, to));
      } else if (shape instanceof Shape.Repeated repeated) {
        int at = from;
        for (int i = 0; i < repeated.most(); i++) {
          if (i >= repeated.least()) {
            jumps.get(at).add(to);
          }
          int behind = state();
          build(repeated.part(), at, behind);
          at = behind;
        }
        jumps.get(at).add(to);
      }
    }

    /**
     * Returns by state those that it is at once without a character; only those that go on by a
     * character, or accept, tell sets apart.
     */
    int[][] closures() {
      int[][] closures = new int[steps.size()][];
      int[] seen = new int[steps.size()];
      int[] open = new int[steps.size()];
      int[] found = new int[steps.size()];
      for (int from = 0; from < closures.length; from++) {
        int opened = 1;
        int count = 0;
        open[0] = from;
        seen[from] = from + 1;
        while (opened > 0) {
          int state = open[--opened];
          if (!steps.get(state).isEmpty() || accepts.containsKey(state)) {
            found[count++] = state;
          }
          for (int next : jumps.get(state)) {
            if (seen[next] != from + 1) {
              seen[next] = from + 1;
              open[opened++] = next;
            }
          }
        }
        closures[from] = Arrays.copyOf(found, count);
      }
      return closures;
    }
  }

  /** Sets of states as states. */
  private static final class Subsets {
    private final Parts parts;
    private final int width;
    private final int mostStates;
    private final int[][] classesOfSet;
    private final int[][] closures;
    private final Map<States, Integer> numbers = new HashMap<>();
    private final List<int[]> open = new ArrayList<>();
    private final List<int[]> rows = new ArrayList<>();
    private final List<int[]> accepted = new ArrayList<>();

    /** By class the states that its characters lead to, while a row is made. */
    private final int[][] targets;

    private final int[] counts;

    Subsets(Parts parts, int width, byte[] classes, int mostStates) {
      this.mostStates = mostStates;
      this.parts = parts;
      this.width = width;
      this.closures = parts.closures();
      this.targets = new int[width][16];
      this.counts = new int[width];
      this.classesOfSet =
          parts.sets.stream()
              .map(set -> set.stream().map(c -> classes[c]).distinct().toArray())
              .toArray(int[][]::new);
    }

    void build(List<Integer> first) {
      rows.add(new int[width]);
      accepted.add(new int[0]);
      first.forEach(state -> reach(0, state));
      number(0);
      for (int i = 0; i < open.size(); i++) {
        rows.add(row(open.get(i)));
        accepted.add(
            Arrays.stream(open.get(i))
                .filter(parts.accepts::containsKey)
                .map(parts.accepts::get)
                .sorted()
                .toArray());
        if (open.size() > mostStates) {
          throw new IllegalArgumentException(
              "patterns must give an automaton of at most " + mostStates + " states; found: more");
        }
      }
    }

    private void reach(int c, int state) {
      int[] more = closures[state];
      if (counts[c] + more.length > targets[c].length) {
        targets[c] = Arrays.copyOf(targets[c], 2 * (counts[c] + more.length));
      }
      System.arraycopy(more, 0, targets[c], counts[c], more.length);
      counts[c] += more.length;
    }

    /** Returns the number of the set that class {@code c} leads to, and forgets it. */
    private int number(int c) {
      int[] all = targets[c];
      Arrays.sort(all, 0, counts[c]);
      int size = 0;
      for (int i = 0; i < counts[c]; i++) {
        if (size == 0 || all[size - 1] != all[i]) {
          all[size++] = all[i];
        }
      }
      counts[c] = 0;
      int[] set = Arrays.copyOf(all, size);
      int number = numbers.computeIfAbsent(new States(set), states -> numbers.size() + 1);
      if (number > open.size()) {
        open.add(set);
      }
      return number;
    }

    private int[] row(int[] states) {
      for (int state : states) {
        for (int[] step : parts.steps.get(state)) {
          for (int c : classesOfSet[step[0]]) {
            reach(c, step[1]);
          }
        }
      }
      int[] row = new int[width];
      for (int c = 0; c < width; c++) {
        row[c] = counts[c] == 0 ? 0 : number(c);
      }
      return row;
    }

    int[] next() {
      int[] next = new int[rows.size() * width];
      for (int i = 0; i < rows.size(); i++) {
        System.arraycopy(rows.get(i), 0, next, i * width, width);
      }
      return next;
    }
  }

  /** A sorted set of states, never changed. */
  private static final class States {
    private final int[] all;
    private final int hash;

    States(int[] all) {
      this.all = all;
      this.hash = Arrays.hashCode(all);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof States states && Arrays.equals(all, states.all);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }
}
