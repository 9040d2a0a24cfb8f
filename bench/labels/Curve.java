import dev.quern.format.json.Json;
import dev.quern.label.Collisions;
import dev.quern.label.ConfidentCounts;
import dev.quern.label.ConfidentJoint;
import dev.quern.label.DawidSkene;
import dev.quern.label.LabelIssues;
import dev.quern.label.LabelScore;
import dev.quern.label.Lowest;
import dev.quern.label.Probabilities;
import dev.quern.label.PruneRanks;
import dev.quern.label.Thresholds;
import dev.quern.label.VotePatterns;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Errors that people verified in the labels of CIFAR-10, found by what is flagged and by what is
 * reviewed first: {@code java -cp core/target/classes bench/labels/Curve.java DATA FOLDER} writes
 * curve.json and curve.svg.
 */
public final class Curve {
  private static final int REVIEWED = 275;

  private static int[] labels = new int[10_000];
  private static double[][] p = new double[10_000][10];
  private static final Map<Integer, int[]> votes = new LinkedHashMap<>();

  public static void main(String[] arguments) throws Exception {
    Path data = Path.of(arguments[0]);
    ByteBuffer given = array(data.resolve("cifar10_test_set_original_labels.npy"));
    ByteBuffer all = array(data.resolve("cifar10_test_set_pyx.npy"));
    for (int i = 0; i < labels.length; i++) {
      labels[i] = given.getShort();
      for (int k = 0; k < 10; k++) {
        p[i][k] = all.getDouble();
      }
      Probabilities.normalise(p[i]);
    }
    for (Object entry : Json.list(Json.parse(Files.readString(data.resolve("cifar10_mturk.json"))))) {
      Map<String, Object> review = Json.object(entry);
      Map<String, Object> of = Json.object(review.get("mturk"));
      votes.put(
          whole(review, "id"),
          new int[] {whole(of, "given"), whole(of, "guessed"), whole(of, "both"), whole(of, "neither")});
    }
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("flags", flags());
    Map<String, Object> rankings = new LinkedHashMap<>();
    Map<String, int[]> curves = new LinkedHashMap<>();
    for (LabelScore score : LabelScore.values()) {
      boolean[] order = ranked(score, false);
      boolean[] inside = ranked(score, true);
      int[] curve = new int[REVIEWED];
      int found = 0;
      for (int i = 0; i < REVIEWED; i++) {
        found += order[i] ? 1 : 0;
        curve[i] = found;
      }
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("auroc", auroc(order));
      one.put("average_precision", precision(order));
      one.put("auroc_inside_reviewed", auroc(inside));
      one.put("average_precision_inside_reviewed", precision(inside));
      one.put("errors_found_by_reviewed", boxed(curve));
      String name = score.name().toLowerCase(Locale.ROOT);
      rankings.put(name, one);
      curves.put(name, curve);
      System.out.printf(
          "%s AUROC %.4f AP %.4f inside AUROC %.4f AP %.4f; found in 54/100/150/200/275: %d %d %d %d %d%n",
          name, auroc(order), precision(order), auroc(inside), precision(inside),
          curve[53], curve[99], curve[149], curve[199], curve[274]);
    }
    told.put("rankings", rankings);
    told.put("resolved", resolved());
    Path folder = Path.of(arguments[1]);
    Files.writeString(folder.resolve("curve.json"), Json.pretty(told) + "\n");
    Files.writeString(folder.resolve("curve.svg"), svg(curves));
    times();
  }

  private static List<Object> flags() {
    List<Object> told = new ArrayList<>();
    for (LabelIssues by : LabelIssues.values()) {
      boolean[] flags = learn(by);
      long flagged = 0;
      long errors = 0;
      for (int i = 0; i < flags.length; i++) {
        flagged += flags[i] ? 1 : 0;
        errors += flags[i] && isError(i) ? 1 : 0;
      }
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("find_by", by.name().toLowerCase(Locale.ROOT));
      one.put("flagged", flagged);
      one.put("verified_errors", errors);
      told.add(one);
      System.out.println(one);
    }
    return told;
  }

  private static boolean[] learn(LabelIssues by) {
    Thresholds first = new Thresholds(10);
    for (int i = 0; i < p.length; i++) {
      first.add(p[i], labels[i]);
    }
    double[] thresholds = first.values();
    ConfidentCounts second = new ConfidentCounts(10);
    for (int i = 0; i < p.length; i++) {
      second.add(p[i], labels[i], thresholds, Collisions.COMPATIBLE);
    }
    ConfidentJoint joint = second.joint(first.counts());
    PruneRanks third = new PruneRanks(by, joint.prunes(1), first.counts());
    for (int i = 0; i < p.length; i++) {
      third.add(p[i], labels[i], 0, i);
    }
    Lowest.Ranked[][] ends = third.ends();
    boolean[] flags = new boolean[p.length];
    for (int i = 0; i < p.length; i++) {
      flags[i] = by.isIssue(p[i], labels[i], thresholds, Collisions.COMPATIBLE, ends, 0, i);
    }
    return flags;
  }

  private static boolean isError(int i) {
    return votes.containsKey(i) && votes.get(i)[0] < 3;
  }

  private static boolean[] ranked(LabelScore score, boolean inside) {
    double[] scores = new double[p.length];
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < p.length; i++) {
      scores[i] = score.of(p[i], labels[i]);
      if (!inside || votes.containsKey(i)) {
        order.add(i);
      }
    }
    order.sort(Comparator.comparingDouble(i -> scores[i]));
    boolean[] errors = new boolean[order.size()];
    for (int i = 0; i < errors.length; i++) {
      errors[i] = isError(order.get(i));
    }
    return errors;
  }

  private static double precision(boolean[] errors) {
    double sum = 0;
    int found = 0;
    for (int i = 0; i < errors.length; i++) {
      if (errors[i]) {
        sum += (double) ++found / (i + 1);
      }
    }
    return sum / found;
  }

  private static double auroc(boolean[] errors) {
    double pairs = 0;
    double others = 0;
    double found = 0;
    for (int i = errors.length - 1; i >= 0; i--) {
      if (errors[i]) {
        pairs += others;
        found++;
      } else {
        others++;
      }
    }
    return pairs / found / others;
  }

  /** The five votes of each reviewed label, resolved by plain majority and by Dawid and Skene. */
  private static Map<String, Object> resolved() {
    String[] names = {"given", "guessed", "both", "neither"};
    VotePatterns patterns = new VotePatterns(5);
    List<VotePatterns.Pattern> all = new ArrayList<>();
    for (int[] of : votes.values()) {
      List<Optional<String>> five = new ArrayList<>();
      for (int k = 0; k < 4; k++) {
        for (int n = 0; n < of[k]; n++) {
          five.add(Optional.of(names[k]));
        }
      }
      all.add(new VotePatterns.Pattern(five));
      patterns.add(all.get(all.size() - 1), 1);
    }
    DawidSkene model = DawidSkene.of(patterns, DawidSkene.Annotators.ALIKE);
    int i = 0;
    long ties = 0;
    long equal = 0;
    long decided = 0;
    long errorsByModel = 0;
    long errorsByMajority = 0;
    for (int[] of : votes.values()) {
      double[] posterior = model.posterior(all.get(i++).votes()).orElseThrow();
      String label = model.classes().get(Probabilities.largest(posterior));
      int most = Math.max(Math.max(of[0], of[1]), Math.max(of[2], of[3]));
      List<String> leaders = new ArrayList<>();
      for (int k = 0; k < 4; k++) {
        if (of[k] == most) {
          leaders.add(names[k]);
        }
      }
      ties += leaders.size() > 1 ? 1 : 0;
      decided += leaders.size() == 1 ? 1 : 0;
      equal += leaders.size() == 1 && leaders.get(0).equals(label) ? 1 : 0;
      errorsByModel += of[0] < 3 && !label.equals("given") ? 1 : 0;
      errorsByMajority += of[0] < 3 && !(leaders.size() == 1 && leaders.get(0).equals("given")) ? 1 : 0;
    }
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("reviewed", (long) votes.size());
    told.put("majority_ties", ties);
    told.put("majority_decided", decided);
    told.put("dawid_skene_agrees_with_majority", equal);
    told.put("errors_not_given_by_majority", errorsByMajority);
    told.put("errors_not_given_by_dawid_skene", errorsByModel);
    told.put("rounds", (long) model.rounds());
    told.put("mean_annotator_accuracy", model.accuracy(0));
    System.out.println(told);
    return told;
  }

  private static void times() {
    var cpu = ManagementFactory.getThreadMXBean();
    for (int round = 0; round < 20; round++) {
      long begin = cpu.getCurrentThreadCpuTime();
      learn(LabelIssues.BOTH);
      if (round == 0 || round == 19) {
        System.out.printf("all passes, round %d: %.1f ms CPU%n", round, (cpu.getCurrentThreadCpuTime() - begin) / 1e6);
      }
    }
  }

  private static String svg(Map<String, int[]> curves) {
    String[] colours = {"#c0504d", "#1f4e79", "#7f7f7f"};
    StringBuilder svg = new StringBuilder();
    svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 640 400\" font-family=\"sans-serif\" font-size=\"12\">\n");
    svg.append("<rect width=\"640\" height=\"400\" fill=\"white\"/>\n");
    svg.append("<path d=\"M50 20V350H610\" fill=\"none\" stroke=\"black\"/>\n");
    for (int x = 0; x <= 275; x += 55) {
      svg.append(String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"368\" text-anchor=\"middle\">%d</text>%n", 50 + x * 2.0, x));
    }
    for (int y = 0; y <= 54; y += 18) {
      svg.append(String.format(Locale.ROOT, "<text x=\"42\" y=\"%.1f\" text-anchor=\"end\">%d</text>%n", 354 - y * 6.0, y));
    }
    svg.append("<text x=\"330\" y=\"390\" text-anchor=\"middle\">labels reviewed, least credible first</text>\n");
    svg.append("<text x=\"14\" y=\"190\" text-anchor=\"middle\" transform=\"rotate(-90 14 190)\">verified errors found</text>\n");
    svg.append("<path d=\"M50 350L158 26H600\" fill=\"none\" stroke=\"#bbbbbb\" stroke-dasharray=\"4 4\"/>\n");
    int i = 0;
    for (Map.Entry<String, int[]> curve : curves.entrySet()) {
      svg.append("<polyline fill=\"none\" stroke-width=\"2\" stroke=\"").append(colours[i]).append("\" points=\"50,350");
      for (int n = 0; n < curve.getValue().length; n++) {
        svg.append(String.format(Locale.ROOT, " %.1f,%.1f", 50 + (n + 1) * 2.0, 350 - curve.getValue()[n] * 6.0));
      }
      svg.append("\"/>\n");
      svg.append(String.format(Locale.ROOT, "<text x=\"390\" y=\"%d\" fill=\"%s\">%s</text>%n", 290 + 18 * i, colours[i], curve.getKey()));
      i++;
    }
    return svg.append("</svg>\n").toString();
  }

  private static List<Object> boxed(int[] values) {
    List<Object> boxed = new ArrayList<>();
    for (int value : values) {
      boxed.add((long) value);
    }
    return boxed;
  }

  private static int whole(Map<String, Object> map, String name) {
    return ((Long) map.get(name)).intValue();
  }

  private static ByteBuffer array(Path file) throws Exception {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    return bytes.position(10 + bytes.getShort(8)).slice().order(ByteOrder.LITTLE_ENDIAN);
  }
}
