package dev.quern.quality.repair;

import dev.quern.data.SampleId;
import dev.quern.engine.RunContext;
import dev.quern.format.json.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Cells that are doubtful beside the others of their row, by many weak signs at once.
 *
 * <p>The signs are weighed on the table itself: cells of some of its rows are made wrong on purpose
 * ({@link Disturbance}), and small trees learn to tell them from the cells as they are. How many
 * cells really are wrong follows from how many look as these do: π = min over scores of the share
 * of cells as they are above a score / the share of those made wrong above it. Cells are told where
 * more than half of those with such scores are wrong by that count.
 *
 * <p>Rows are halved by their ids; each half is judged by what was learnt from the other.
 *
 * @param views the fields in classes
 * @param shapes what texts look like
 * @param forests for each field and half
 * @param usual mean of the log of a cell's share by field
 * @param weighing log odds of each kind of error by half
 * @param shares how many cells are wrong by each kind, as a share of all
 * @param steps scores, ascending, with how sure a cell with at least that score is wrong
 * @param strangeness what stands out from its neighbours in order
 * @param rows how many rows were learnt from
 */
record Suspicion(
    List<FieldView> views,
    List<Shapes> shapes,
    List<List<Forest>> forests,
    double[] usual,
    List<List<Boosted>> weighing,
    double[] shares,
    double[][] steps,
    Strangeness strangeness,
    int rows) {
  private static final int LEAST_ROWS = 60;
  private static final int MOST_FIELDS = 64;
  private static final int MOST_LEARNT = 5_000;
  private static final int MOST_STRUCK = 8_000;
  private static final double MARGIN = 0.6;

  /** So many cells may be wrong though the rules found none. */
  private static final double LEAST_SHARE = 0.001;

  /** A ratio that grows by no more is that of errors alone. */
  private static final double PURE = 1.5;

  private static final long HALVES = 0x5ee1;
  private static final long STRIKES = 0x57a1;

  /** Judges a row by rules alone. */
  interface Rules {
    /** Returns the positions of the cells of {@code row} that need no suspicion. */
    Set<Integer> found(@Nullable String[] row);
  }

  /** Learns from rows that the rules have mended; null where there are too few. */
  static @Nullable Suspicion learn(
      List<@Nullable String[]> rows, List<SampleId> ids, Model model, Rules rules, double share) {
    int fields = model.formats().size();
    if (rows.size() < LEAST_ROWS || fields < 2 || fields > MOST_FIELDS) {
      return null;
    }
    return new Learning(rows, ids, model, rules, share).learn();
  }

  /** Returns which half of the rows the sample belongs to. */
  static int half(SampleId id) {
    return (int) (RunContext.draw(HALVES, id.high(), id.low()) & 1);
  }

  /** Adds what is doubtful in {@code row} of the fields not in {@code found}. */
  void judge(SampleId id, @Nullable String[] row, Set<Integer> found, List<Finding> findings) {
    if (steps.length == 0) {
      return;
    }
    int half = half(id);
    int[] classes = classes(views, row);
    double[][] logs = new double[classes.length][];
    for (int field = 0; field < logs.length; field++) {
      logs[field] = forests.get(field).get(half).logs(classes);
    }
    RowMeasures look = new RowMeasures(views, shapes, usual, rows, row, classes, logs);
    double[][] all = look.all(true, strangeness.of(id, row));
    for (int field = 0; field < classes.length; field++) {
      double[] measures = all[field];
      if (measures.length == 0 || found.contains(field)) {
        continue;
      }
      double score = score(weighing, shares, half, measures);
      double sure = 0;
      for (double[] step : steps) {
        sure = score >= step[0] ? step[1] : sure;
      }
      if (sure > 0) {
        findings.add(Finding.doubtful(field, rule(measures), sure));
      }
    }
  }

  private static Rule rule(double[] measures) {
    boolean out = measures[5] > 1 || measures[13] > 4;
    return measures[10] > 3 && measures[11] > 0 && !out
        ? Rule.SWAPPED
        : measures[15] == 0 ? Rule.DEPENDENCY : measures[12] > 3 && !out ? Rule.UNIT : Rule.OUTLIER;
  }

  /** How many of the cells like this one are wrong, as a share of them. */
  private static double score(
      List<List<Boosted>> weighing, double[] shares, int half, double[] measures) {
    double score = 0;
    for (int kind = 0; kind < shares.length; kind++) {
      if (shares[kind] > 0) {
        score += shares[kind] * Math.exp(weighing.get(kind).get(half).odds(measures));
      }
    }
    return score;
  }

  private static int[] classes(List<FieldView> views, @Nullable String[] row) {
    int[] classes = new int[views.size()];
    for (int field = 0; field < classes.length; field++) {
      classes[field] = views.get(field).classOf(row[field]);
    }
    return classes;
  }

  /** Returns this as plain values. */
  Map<String, @Nullable Object> plain() {
    Map<String, @Nullable Object> plain = new TreeMap<>();
    List<@Nullable Object> fields = new ArrayList<>();
    views.forEach(view -> fields.add(view.plain()));
    plain.put("fields", fields);
    List<@Nullable Object> trees = new ArrayList<>();
    forests.forEach(
        halves ->
            trees.add(
                new ArrayList<@Nullable Object>(halves.stream().map(Forest::plain).toList())));
    plain.put("forests", trees);
    plain.put("usual", ModelForm.doubles(usual));
    List<@Nullable Object> kinds = new ArrayList<>();
    weighing.forEach(
        halves ->
            kinds.add(
                new ArrayList<@Nullable Object>(halves.stream().map(Boosted::plain).toList())));
    plain.put("weighing", kinds);
    plain.put("shares", ModelForm.doubles(shares));
    List<@Nullable Object> scores = new ArrayList<>();
    for (double[] step : steps) {
      scores.add(ModelForm.doubles(step));
    }
    plain.put("steps", scores);
    plain.put("strangeness", strangeness.plain());
    plain.put("rows", (long) rows);
    return plain;
  }

  /** Returns what {@link #plain} gave. */
  static Suspicion of(Object stored, List<Shapes> shapes) {
    Map<String, @Nullable Object> plain = Json.object(stored);
    return new Suspicion(
        ModelForm.list(plain.get("fields"), FieldView::read),
        shapes,
        ModelForm.list(
            plain.get("forests"),
            halves -> ModelForm.list(halves, forest -> Forest.of(Json.list(forest)))),
        ModelForm.doubles(plain.get("usual")),
        ModelForm.list(
            plain.get("weighing"),
            halves -> ModelForm.list(halves, trees -> Boosted.of(Json.list(trees)))),
        ModelForm.doubles(plain.get("shares")),
        ModelForm.list(plain.get("steps"), step -> ModelForm.doubles(step))
            .toArray(double[][]::new),
        Strangeness.of(plain.get("strangeness")),
        ModelForm.whole(plain.get("rows")));
  }

  /** Learns. */
  private static final class Learning {
    private final List<@Nullable String[]> rows;
    private final List<SampleId> ids;
    private final Rules rules;
    private final List<Shapes> shapes;
    private final List<FieldView> views = new ArrayList<>();
    private final List<List<Forest>> forests = new ArrayList<>();
    private final Table table;
    private final int fields;
    private final int[] order;
    private final Neighbours neighbours;
    private double[] usual;
    private final double share;
    private final long[] caught = new long[Disturbance.KINDS];
    private final long[] missed = new long[Disturbance.KINDS];

    /** Measures of cells made wrong and of cells as they are, by half. */
    private final List<List<List<double[]>>> struck = new ArrayList<>();

    private final List<List<double[]>> beside = List.of(new ArrayList<>(), new ArrayList<>());
    private final List<List<double[]>> whole = List.of(new ArrayList<>(), new ArrayList<>());

    Learning(
        List<@Nullable String[]> rows, List<SampleId> ids, Model model, Rules rules, double share) {
      this.share = share;
      this.rows = rows;
      this.ids = ids;
      this.rules = rules;
      this.shapes = model.shapes();
      this.fields = model.formats().size();
      this.table = new Table(rows, fields);
      this.usual = new double[fields];
      for (int kind = 0; kind < Disturbance.KINDS; kind++) {
        struck.add(List.of(new ArrayList<>(), new ArrayList<>()));
      }
      for (int field = 0; field < fields; field++) {
        views.add(FieldView.learn(table, field, model.formats().get(field)));
      }
      this.neighbours = Neighbours.learn(table, views);
      this.order =
          IntStream.range(0, rows.size())
              .boxed()
              .sorted(Comparator.comparingLong(row -> draw(STRIKES, row)))
              .mapToInt(Integer::intValue)
              .toArray();
    }

    private long draw(long what, int row) {
      SampleId id = ids.get(row);
      return RunContext.draw(what, id.high(), id.low());
    }

    @Nullable Suspicion learn() {
      grow();
      look();
      List<List<Boosted>> weighing = new ArrayList<>();
      double[] shares = new double[Disturbance.KINDS];
      double all = Arrays.stream(missed).sum();
      double cap =
          Math.max(
              share / Math.max(1, Arrays.stream(caught).sum()), LEAST_SHARE / Math.max(1, all));
      for (int kind = 0; kind < shares.length; kind++) {
        List<List<double[]>> wrong = struck.get(kind);
        List<Boosted> halves = new ArrayList<>();
        if (wrong.get(0).size() >= 20 && wrong.get(1).size() >= 20) {
          halves.add(weigh(wrong.get(1), 1));
          halves.add(weigh(wrong.get(0), 0));
          shares[kind] = there(scores(halves, wrong), scores(halves, whole), cap * missed[kind]);
        }
        weighing.add(halves);
      }
      return new Suspicion(
          views,
          shapes,
          forests,
          usual,
          weighing,
          shares,
          steps(weighing, shares),
          strangeness(),
          rows.size());
    }

    private Strangeness strangeness() {
      Strangeness strangeness = new Strangeness(new HashMap<>());
      for (int row = 0; neighbours.any() && row < rows.size(); row++) {
        @Nullable String[] cells = rows.get(row);
        strangeness.note(ids.get(row), cells, neighbours.strange(row, cells));
      }
      return strangeness;
    }

    /** The scores from which on cells are told, ascending, each with how sure they are wrong. */
    private double[][] steps(List<List<Boosted>> weighing, double[] shares) {
      List<double[]> wrong = new ArrayList<>();
      List<Double> clean = new ArrayList<>();
      for (int half = 0; half < 2; half++) {
        for (double[] measures : whole.get(half)) {
          clean.add(score(weighing, shares, half, measures));
        }
        for (int kind = 0; kind < shares.length; kind++) {
          double weight =
              shares[kind]
                  / Math.max(1, struck.get(kind).get(0).size() + struck.get(kind).get(1).size());
          for (double[] measures : struck.get(kind).get(half)) {
            if (weight > 0) {
              wrong.add(new double[] {score(weighing, shares, half, measures), weight});
            }
          }
        }
      }
      wrong.sort((a, b) -> Double.compare(b[0], a[0]));
      double[] sorted = clean.stream().mapToDouble(Double::doubleValue).sorted().toArray();
      double total = Arrays.stream(shares).sum();
      List<double[]> points = new ArrayList<>();
      double hits = 0;
      double next = 0;
      for (int i = 0; i < wrong.size(); i++) {
        hits += wrong.get(i)[1];
        if (hits >= next && (i + 1 == wrong.size() || wrong.get(i + 1)[0] < wrong.get(i)[0])) {
          double bound = wrong.get(i)[0];
          points.add(new double[] {bound, hits, (double) above(sorted, bound) / sorted.length});
          next = hits + total / 200;
        }
      }
      int best = -1;
      double most = 0;
      for (int i = 0; i < points.size(); i++) {
        double[] point = points.get(i);
        double gain = Math.min(point[1], point[2]) - MARGIN * point[2];
        if (gain > most) {
          most = gain;
          best = i;
        }
      }
      List<double[]> steps = new ArrayList<>();
      for (int i = best; i >= 0; i -= 10) {
        double[] point = points.get(i);
        double sure = point[1] / Math.max(1e-9, point[2]);
        steps.add(new double[] {point[0], Math.max(MARGIN, Math.min(0.95, sure))});
      }
      return steps.toArray(double[][]::new);
    }

    private void grow() {
      int[][] classes = new int[fields][rows.size()];
      int[] sizes = new int[fields];
      for (int field = 0; field < fields; field++) {
        FieldView view = views.get(field);
        int[] byCode = table.values(field).stream().mapToInt(view::classOf).toArray();
        int[] codes = table.codes(field);
        for (int row = 0; row < codes.length; row++) {
          classes[field][row] =
              codes[row] == Table.MISSING ? FieldView.MISSING : byCode[codes[row]];
        }
        sizes[field] = view.size();
      }
      for (int field = 0; field < fields; field++) {
        List<Forest> halves = new ArrayList<>();
        for (int half = 0; half < 2; half++) {
          int judged = half;
          int[] target = classes[field];
          int[] learnt =
              Arrays.stream(order)
                  .filter(row -> half(ids.get(row)) != judged && target[row] != FieldView.MISSING)
                  .limit(MOST_LEARNT)
                  .sorted()
                  .toArray();
          halves.add(Forest.learn(classes, sizes, field, learnt, views.get(field).shares()));
        }
        forests.add(halves);
      }
    }

    private double[][] logs(int half, int[] classes) {
      double[][] logs = new double[fields][];
      for (int field = 0; field < fields; field++) {
        logs[field] = forests.get(field).get(half).logs(classes);
      }
      return logs;
    }

    private void look() {
      int looked = Math.min(order.length, MOST_STRUCK);
      double[] present = new double[fields];
      double[] sums = new double[fields];
      for (int i = 0; i < Math.min(2000, looked); i++) {
        @Nullable String[] row = rows.get(order[i]);
        int[] classes = classes(views, row);
        double[][] logs = logs(half(ids.get(order[i])), classes);
        for (int field = 0; field < fields; field++) {
          if (row[field] != null) {
            present[field]++;
            sums[field] += logs[field][classes[field]];
          }
        }
      }
      for (int field = 0; field < fields; field++) {
        usual[field] = sums[field] / Math.max(1, present[field]);
      }
      Disturbance disturbance = new Disturbance(views, table);
      int turns = Math.max(1, Math.min(15, MOST_STRUCK / looked));
      for (int i = 0; i < looked; i++) {
        @Nullable String[] row = rows.get(order[i]);
        int half = half(ids.get(order[i]));
        Set<Integer> known = rules.found(row);
        double[][] all = measures(order[i], row, half, true);
        for (int field = 0; field < fields; field++) {
          double[] measures = all[field];
          if (measures.length > 0 && !known.contains(field)) {
            whole.get(half).add(measures);
          }
        }
        for (int turn = 0; turn < turns; turn++) {
          strike(disturbance, order[i], half, turn);
        }
      }
    }

    private void strike(Disturbance disturbance, int at, int half, int turn) {
      @Nullable String[] row = rows.get(at).clone();
      long seed = draw(STRIKES + 1 + turn, at);
      int kind = (int) Long.remainderUnsigned(seed >>> 3, Disturbance.KINDS);
      int[] wrong = disturbance.strike(row, kind, seed);
      if (wrong.length == 0) {
        return;
      }
      Set<Integer> found = rules.found(row);
      for (int field : wrong) {
        caught[kind] += found.contains(field) ? 1 : 0;
        missed[kind] += found.contains(field) ? 0 : 1;
      }
      if (Arrays.stream(wrong).allMatch(found::contains)) {
        return;
      }
      double[][] all = measures(at, row, half, false);
      for (int field : wrong) {
        double[] measures = all[field];
        if (measures.length > 0 && !found.contains(field)) {
          struck.get(kind).get(half).add(measures);
        }
      }
      double[][] counted = measures(at, row, half, true);
      for (int i = 0; i < 3; i++) {
        int field = (int) Long.remainderUnsigned(draw(STRIKES + 100 + 3L * turn + i, at), fields);
        double[] measures = counted[field];
        if (measures.length > 0
            && !found.contains(field)
            && Arrays.stream(wrong).noneMatch(w -> w == field)) {
          beside.get(half).add(measures);
        }
      }
    }

    private double[][] measures(int at, @Nullable String[] row, int half, boolean counted) {
      int[] classes = classes(views, row);
      return new RowMeasures(views, shapes, usual, rows.size(), row, classes, logs(half, classes))
          .all(counted, neighbours.strange(at, row));
    }

    private Boosted weigh(List<double[]> struck, int half) {
      List<double[]> all = new ArrayList<>(struck);
      int wrong = all.size();
      all.addAll(beside.get(half));
      int near = all.size();
      List<double[]> clean = whole.get(half);
      int step = Math.max(1, clean.size() / 20_000);
      for (int i = 0; i < clean.size(); i += step) {
        all.add(clean.get(i));
      }
      double[] weight = new double[all.size()];
      boolean[] is = new boolean[all.size()];
      double besideWeight = 0.25 * wrong / Math.max(1, near - wrong);
      double cleanWeight = 0.75 * wrong / Math.max(1, all.size() - near);
      for (int i = 0; i < weight.length; i++) {
        is[i] = i < wrong;
        weight[i] = i < wrong ? 1 : i < near ? besideWeight : cleanWeight;
      }
      return Boosted.learn(all.toArray(double[][]::new), is, weight);
    }

    /**
     * The share of the cells as they are that are wrong alike: at most {@code cap}, and at most the
     * least share above any score over that of those made wrong. The faster that ratio grows down
     * to half of those made wrong, the more right cells look so, and the less is believed.
     */
    private static double there(double[] wrong, double[] clean, double cap) {
      double least = 1;
      double half = 1;
      for (int i = 0; i <= 85; i++) {
        double bound = wrong[(int) ((long) i * (wrong.length - 1) / 100)];
        double hits = above(wrong, bound) / (double) wrong.length;
        double ratio = above(clean, bound) / (double) clean.length / hits;
        least = Math.min(least, ratio);
        half = i <= 50 ? ratio : half;
      }
      return Math.min(cap, least) * Math.min(1, PURE * least / Math.max(half, 1e-12));
    }

    private static double[] scores(List<Boosted> weighing, List<List<double[]>> cells) {
      double[] scores = new double[cells.get(0).size() + cells.get(1).size()];
      int at = 0;
      for (int half = 0; half < 2; half++) {
        for (double[] measures : cells.get(half)) {
          scores[at++] = weighing.get(half).odds(measures);
        }
      }
      Arrays.sort(scores);
      return scores;
    }

    private static int above(double[] sorted, double bound) {
      int at = Arrays.binarySearch(sorted, bound);
      at = at >= 0 ? at : -at - 1;
      while (at > 0 && sorted[at - 1] >= bound) {
        at--;
      }
      return sorted.length - at;
    }
  }

  /** Fields with findings that are told. */
  static Set<Integer> told(List<Finding> findings) {
    Set<Integer> told = new HashSet<>();
    for (Finding finding : findings) {
      if (finding.certain() >= Policy.TOLD) {
        told.add(finding.field());
      }
    }
    return told;
  }
}
