package dev.quern.privacy.anonymity;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Finds the levels with the least loss at which all classes fulfil the models once at most a given
 * number of samples is suppressed. Of equal losses the first choice counts, in the order of levels.
 *
 * <p>{@link #exact} proves that there is none better: choices are visited in the order of the loss
 * they cannot go below and none whose bound is above the best loss is judged; where the models are
 * monotone, a chain upwards is searched by halving and what lies below a choice that is too fine is
 * ruled out with it (predictive tagging, as in Kohlmayer, Prasser et al. 2012, Flash). {@link
 * #greedy} descends from the coarsest choice and then exchanges levels while that helps: it judges
 * some hundred choices, whatever the lattice, and proves nothing.
 */
public final class LatticeSearch {
  /** Choices up to which {@link Kind#AUTO} searches exactly. */
  public static final long EXACT = 200_000;

  private static final long MOST = 50_000_000;

  private static final int BEAM = 6;

  private final Evaluations evaluations;
  private final Lattice lattice;

  /** How the levels are searched. */
  public enum Kind {
    /** The best choice, proven. */
    EXACT,
    /** A good choice by local search. */
    GREEDY,
    /** Exact up to {@value LatticeSearch#EXACT} choices, greedy above. */
    AUTO
  }

  /**
   * What was found.
   *
   * @param judged the classes at the chosen levels and which are kept
   * @param loss what is lost by them
   * @param evaluated choices that were judged
   * @param choices choices there are
   * @param proven whether no choice is better
   */
  public record Found(Judged judged, double loss, int evaluated, long choices, boolean proven) {
    /** Returns the level of each field. */
    public int[] levels() {
      return judged.classes().levels().clone();
    }
  }

  /**
   * Makes a search.
   *
   * @param table the quasi-identifiers, then the sensitive fields; the hierarchies know all values
   * @param limit samples that may be suppressed at most
   */
  public LatticeSearch(
      CombinationTable table,
      Levels[] hierarchies,
      List<PrivacyModel> models,
      Measure measure,
      long limit) {
    evaluations = new Evaluations(table, hierarchies, models, measure, limit);
    lattice = evaluations.lattice();
  }

  /** Searches in the way of {@code kind}; empty if no choice is anonymous enough. */
  public Optional<Found> search(Kind kind) {
    return switch (kind) {
      case EXACT -> exact();
      case GREEDY -> greedy();
      case AUTO -> lattice.size() <= EXACT ? exact() : greedy();
    };
  }

  /**
   * Returns the best choice.
   *
   * @throws IllegalArgumentException if there are too many choices to visit
   */
  public Optional<Found> exact() {
    if (lattice.size() > MOST) {
      throw new IllegalArgumentException(
          "exact search must have at most "
              + MOST
              + " choices of levels; found: "
              + lattice.size()
              + "; fix: search: greedy, or fewer levels");
    }
    new Exact().search();
    return found(true);
  }

  private Optional<Found> found(boolean proven) {
    Judged judged = evaluations.bestJudged();
    return judged == null
        ? Optional.empty()
        : Optional.of(
            new Found(judged, evaluations.bestLoss(), evaluations.count(), lattice.size(), proven));
  }

  /** The exact search. */
  private final class Exact {
    private final int size = (int) lattice.size();
    private final double[] bounds = new double[size];
    private final BitSet done = new BitSet(size);
    private final BitSet tooFine = new BitSet(size);
    private final BitSet tooCoarse = new BitSet(size);
    private final boolean monotone = evaluations.isMonotone();

    void search() {
      for (int node = 0; node < size; node++) {
        bounds[node] = evaluations.measure().bound(lattice.levels(node));
      }
      int[] order = order();
      judge((int) lattice.node(lattice.top()));
      for (int node : order) {
        if (bounds[node] > evaluations.bestLoss()) {
          break;
        }
        if (monotone && !isRuledOut(node)) {
          halve(node);
        }
        if (!isRuledOut(node)) {
          judge(node);
        }
      }
    }

    private int[] order() {
      long[] keys = new long[size];
      Integer[] order = new Integer[size];
      for (int node = 0; node < size; node++) {
        order[node] = node;
        for (int level : lattice.levels(node)) {
          keys[node] += level;
        }
      }
      java.util.Arrays.sort(
          order,
          (a, b) ->
              bounds[a] != bounds[b]
                  ? Double.compare(bounds[a], bounds[b])
                  : keys[a] != keys[b] ? Long.compare(keys[a], keys[b]) : Integer.compare(a, b));
      return java.util.Arrays.stream(order).mapToInt(Integer::intValue).toArray();
    }

    private boolean isRuledOut(int node) {
      return done.get(node) || tooFine.get(node) || tooCoarse.get(node);
    }

    /** Judges some choices on a chain from {@code node} to the top, halving it each time. */
    private void halve(int node) {
      List<Integer> chain = chain(node);
      int low = 0;
      int high = chain.size() - 1;
      while (low <= high) {
        int middle = (low + high) >>> 1;
        int at = chain.get(middle);
        boolean fits = done.get(at) ? evaluations.loss(at) < Double.POSITIVE_INFINITY : judge(at);
        if (fits) {
          high = middle - 1;
        } else {
          low = middle + 1;
        }
      }
    }

    /** Upwards by the field that costs least, over choices that are not ruled out. */
    private List<Integer> chain(int node) {
      List<Integer> chain = new ArrayList<>();
      int at = node;
      while (at >= 0) {
        chain.add(at);
        int[] levels = lattice.levels(at);
        int next = -1;
        for (int field = 0; field < levels.length; field++) {
          if (!lattice.isTop(levels, field)) {
            int up = at + (int) lattice.stride(field);
            if (!tooFine.get(up) && !tooCoarse.get(up) && (next < 0 || bounds[up] < bounds[next])) {
              next = up;
            }
          }
        }
        at = next;
      }
      return chain;
    }

    private boolean judge(int node) {
      Judged judged = evaluations.judge(node);
      done.set(node);
      boolean fits = evaluations.fits(judged);
      if (!fits && monotone) {
        spread(node, tooFine, -1);
      }
      // Equal bounds are not ruled out: of equal losses the first choice counts.
      if (evaluations.measure().bound(judged) > evaluations.bestLoss()) {
        spread(node, tooCoarse, 1);
      }
      return fits;
    }

    /** Marks {@code node} and all that lies below it (direction -1) or above it (1). */
    private void spread(int node, BitSet mark, int direction) {
      Deque<Integer> open = new ArrayDeque<>();
      open.add(node);
      mark.set(node);
      while (!open.isEmpty()) {
        int at = open.removeLast();
        int[] levels = lattice.levels(at);
        for (int field = 0; field < levels.length; field++) {
          boolean end = direction < 0 ? levels[field] == 0 : lattice.isTop(levels, field);
          int next = at + direction * (int) lattice.stride(field);
          if (!end && !mark.get(next)) {
            mark.set(next);
            open.add(next);
          }
        }
      }
    }
  }

  /** Returns a choice that no single step and no exchange of two levels betters. */
  public Optional<Found> greedy() {
    long at = lattice.node(lattice.top());
    evaluations.loss(at);
    descend(at);
    if (evaluations.best() >= 0) {
      exchange();
    }
    return found(false);
  }

  /** Lowers one field at a time, from the {@value #BEAM} best choices of each step. */
  private void descend(long top) {
    List<Long> beam = List.of(top);
    while (!beam.isEmpty()) {
      TreeSet<Long> below = new TreeSet<>();
      for (long at : beam) {
        int[] levels = lattice.levels(at);
        for (int field = 0; field < levels.length; field++) {
          long down = at - lattice.stride(field);
          if (levels[field] > 0 && evaluations.loss(down) < Double.POSITIVE_INFINITY) {
            below.add(down);
          }
        }
      }
      beam =
          below.stream()
              .sorted(Comparator.comparingDouble(evaluations::loss).thenComparing(node -> node))
              .limit(BEAM)
              .toList();
    }
  }

  private void exchange() {
    long before = -1;
    while (before != evaluations.best()) {
      before = evaluations.best();
      int[] levels = lattice.levels(before);
      for (int up = 0; up < levels.length; up++) {
        for (int down = 0; down < levels.length; down++) {
          exchange(before, levels, up, down);
        }
      }
    }
  }

  /** Raises one field by one and lowers another by one or two levels; one field: either. */
  private void exchange(long node, int[] levels, int up, int down) {
    if (up == down) {
      if (levels[up] > 0) {
        worthwhile(node - lattice.stride(up));
      }
      if (!lattice.isTop(levels, up)) {
        worthwhile(node + lattice.stride(up));
      }
      return;
    }
    if (lattice.isTop(levels, up)) {
      return;
    }
    long raised = node + lattice.stride(up);
    for (int steps = 1; steps <= Math.min(2, levels[down]); steps++) {
      worthwhile(raised - steps * lattice.stride(down));
    }
  }

  /** Judges a choice unless its bound says that it is no better. */
  private void worthwhile(long node) {
    if (!evaluations.isKnown(node)
        && evaluations.measure().bound(lattice.levels(node)) <= evaluations.bestLoss()) {
      evaluations.loss(node);
    }
  }
}
