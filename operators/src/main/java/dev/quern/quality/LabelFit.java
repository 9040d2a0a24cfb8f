package dev.quern.quality;

import dev.quern.data.Type;
import dev.quern.format.json.Json;
import dev.quern.label.Collisions;
import dev.quern.label.ConfidentCounts;
import dev.quern.label.ConfidentJoint;
import dev.quern.label.LabelIssues;
import dev.quern.label.Lowest;
import dev.quern.label.PruneRanks;
import dev.quern.label.Thresholds;
import dev.quern.operator.Fit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What confident learning knows after its rounds, as the plain values of a fit. Under the name of
 * the label field stands what the report tells: labels judged, issues, label accuracy.
 *
 * @param label name of the label field
 * @param type its type
 * @param by how labels are called issues
 * @param collisions which class counts of several
 * @param values as a fit holds them
 */
record LabelFit(
    String label,
    Type type,
    LabelIssues by,
    Collisions collisions,
    Map<String, @Nullable Object> values) {
  private static final String CLASSES = "#classes";
  private static final String THRESHOLDS = "#thresholds";
  private static final String LABELS = "#labels";
  private static final String JOINT = "#joint";
  private static final String ENDS = "#ends";

  boolean hasClasses() {
    return values.containsKey(CLASSES);
  }

  boolean hasThresholds() {
    return values.containsKey(THRESHOLDS);
  }

  boolean hasJoint() {
    return values.containsKey(JOINT);
  }

  ClassNames classes() {
    List<String> names = new ArrayList<>();
    if (hasClasses()) {
      list(CLASSES).forEach(name -> names.add(String.valueOf(name)));
    }
    return new ClassNames(names);
  }

  double[] thresholds() {
    return list(THRESHOLDS).stream()
        .mapToDouble(value -> ((Number) Objects.requireNonNull(value)).doubleValue())
        .toArray();
  }

  private long[] labels() {
    return longs(values.get(LABELS));
  }

  private ConfidentJoint joint() {
    return new ConfidentJoint(list(JOINT).stream().map(LabelFit::longs).toArray(long[][]::new));
  }

  PruneRanks ranks() {
    return new PruneRanks(by, joint().prunes(1), labels());
  }

  /** Returns where the lowest values end; below all values where nothing was ranked. */
  Lowest.Ranked[][] ends() {
    int size = labels().length;
    Lowest.Ranked[][] ends = new Lowest.Ranked[size][size];
    for (Lowest.Ranked[] row : ends) {
      Arrays.fill(row, new Lowest.Ranked(Double.NEGATIVE_INFINITY, 0, 0));
    }
    if (values.containsKey(ENDS)) {
      for (Object entry : list(ENDS)) {
        List<@Nullable Object> end = Json.list(entry);
        ends[(int) whole(end.get(0))][(int) whole(end.get(1))] =
            new Lowest.Ranked(
                ((Number) Objects.requireNonNull(end.get(2))).doubleValue(),
                whole(end.get(3)),
                whole(end.get(4)));
      }
    }
    return ends;
  }

  LabelFit withClasses(Collection<String> names) {
    return with(CLASSES, ClassNames.ordered(names, type));
  }

  /** Returns this with classes in a given order. */
  LabelFit declaring(List<String> names) {
    return with(CLASSES, names);
  }

  LabelFit withThresholds(Thresholds state) {
    return with(LABELS, boxed(state.counts()))
        .with(THRESHOLDS, Arrays.stream(state.values()).boxed().toList());
  }

  LabelFit withCounts(ConfidentCounts state) {
    ConfidentJoint joint = state.joint(labels());
    Map<String, @Nullable Object> told = new LinkedHashMap<>();
    told.put("labels_judged", Arrays.stream(labels()).sum());
    told.put("confident_issues", state.issues());
    if (!Double.isNaN(joint.noise())) {
      told.put("label_accuracy", 1 - joint.noise());
    }
    return with(JOINT, Arrays.stream(joint.counts()).map(LabelFit::boxed).toList())
        .with(label, told);
  }

  LabelFit withEnds(Lowest.Ranked[][] ends) {
    List<Object> plain = new ArrayList<>();
    for (int i = 0; i < ends.length; i++) {
      for (int j = 0; j < ends.length; j++) {
        Lowest.Ranked end = ends[i][j];
        if (end.value() != Double.NEGATIVE_INFINITY) {
          plain.add(List.of((long) i, (long) j, end.value(), end.high(), end.low()));
        }
      }
    }
    return with(ENDS, plain);
  }

  Fit fit() {
    return new Fit(values);
  }

  private LabelFit with(String name, Object value) {
    Map<String, @Nullable Object> more = new LinkedHashMap<>(values);
    more.put(name, value);
    return new LabelFit(label, type, by, collisions, more);
  }

  private List<@Nullable Object> list(String name) {
    return Json.list(values.get(name));
  }

  private static List<Long> boxed(long[] all) {
    return Arrays.stream(all).boxed().toList();
  }

  private static long[] longs(@Nullable Object list) {
    return Json.list(list).stream().mapToLong(LabelFit::whole).toArray();
  }

  private static long whole(@Nullable Object value) {
    return ((Number) Objects.requireNonNull(value)).longValue();
  }
}
