package dev.quern.privacy.recognise;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Shapes as one deterministic automaton: the subset construction over classes of characters that no
 * shape tells apart. State 0 is dead, state 1 the first.
 */
public final class Automaton {
  /** By character its class; 0 is that of all characters in no shape. */
  private final byte[] classes = new byte[65536];

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
    width = classify(parts);
    Subsets subsets = new Subsets(parts, width, classes, mostStates);
    subsets.build(first);
    next = subsets.next();
    accepted = subsets.accepted.toArray(new int[0][]);
  }

  /** Returns the state behind {@code state} when {@code c} comes, 0 if nothing can match. */
  public int next(int state, char c) {
    return next[state * width + classes[c]];
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

    BitSet closed(Iterable<Integer> from) {
      BitSet closed = new BitSet();
      List<Integer> open = new ArrayList<>();
      from.forEach(open::add);
      while (!open.isEmpty()) {
        int state = open.remove(open.size() - 1);
        if (!closed.get(state)) {
          closed.set(state);
          open.addAll(jumps.get(state));
        }
      }
      return closed;
    }
  }

  /** Sets of states as states. */
  private static final class Subsets {
    private final Parts parts;
    private final int width;
    private final int mostStates;
    private final int[][] classesOfSet;
    private final Map<BitSet, Integer> numbers = new LinkedHashMap<>();
    private final List<BitSet> open = new ArrayList<>();
    private final List<int[]> rows = new ArrayList<>();
    private final List<int[]> accepted = new ArrayList<>();

    Subsets(Parts parts, int width, byte[] classes, int mostStates) {
      this.mostStates = mostStates;
      this.parts = parts;
      this.width = width;
      this.classesOfSet =
          parts.sets.stream()
              .map(set -> set.stream().map(c -> classes[c]).distinct().toArray())
              .toArray(int[][]::new);
    }

    void build(List<Integer> first) {
      rows.add(new int[width]);
      accepted.add(new int[0]);
      number(parts.closed(first));
      for (int i = 0; i < open.size(); i++) {
        rows.add(row(open.get(i)));
        accepted.add(
            open.get(i).stream()
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

    private int number(BitSet set) {
      Integer known = numbers.get(set);
      if (known == null) {
        known = numbers.size() + 1;
        numbers.put(set, known);
        open.add(set);
      }
      return known;
    }

    private int[] row(BitSet states) {
      Map<Integer, List<Integer>> byClass = new HashMap<>();
      for (int state = states.nextSetBit(0); state >= 0; state = states.nextSetBit(state + 1)) {
        for (int[] step : parts.steps.get(state)) {
          for (int c : classesOfSet[step[0]]) {
            byClass.computeIfAbsent(c, key -> new ArrayList<>()).add(step[1]);
          }
        }
      }
      int[] row = new int[width];
      for (int c = 0; c < width; c++) {
        List<Integer> targets = byClass.get(c);
        row[c] = targets == null ? 0 : number(parts.closed(targets));
      }
      return row;
    }

    int[] next() {
      int[] next = new int[rows.size() * width];
      for (int i = 0; i < rows.size(); i++) {
        System.arraycopy(rows.get(i), 0, next, i * width, width);
      }
      return Arrays.copyOf(next, next.length);
    }
  }
}
