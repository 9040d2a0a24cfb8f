package dev.quern.contract;

import dev.quern.data.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The rules that one half of the samples suggests for single fields.
 *
 * <p>Values of samples enter a rule only where at least five samples share them, and never of
 * sensitive or identifying fields; bounds of numbers are widened and rounded, so that they are no
 * sample's value.
 */
final class Candidates {
  /** Samples that must share a value before it is written. */
  static final int SHARED = 5;

  private static final int MOST_VALUES = 50;
  private static final double LEAST_COVER = 0.95;
  private static final int MOST_SHAPES = 4;

  /** What people write where a value is missing. */
  private static final Set<String> SENTINELS =
      Set.of(
          "n/a",
          "na",
          "n.a.",
          "nan",
          "null",
          "none",
          "nil",
          "-",
          "--",
          "?",
          "unknown",
          "missing",
          "undefined",
          "not available",
          "(null)",
          "#n/a",
          "empty");

  private final FieldLearner learnt;
  private final List<Candidate> found = new ArrayList<>();
  private final String name;
  private final String quoted;

  private Candidates(FieldLearner learnt) {
    this.learnt = learnt;
    this.name = learnt.field.name();
    this.quoted = Conditions.field(name);
  }

  static List<Candidate> of(FieldLearner learnt) {
    Candidates candidates = new Candidates(learnt);
    candidates.completeness();
    if (learnt.present() >= SHARED) {
      if (learnt.isText()) {
        candidates.sentinels();
        if (!candidates.values()) {
          candidates.shapes();
          candidates.lengths();
        }
      } else if (learnt.field.type().isNumber()) {
        candidates.range();
      }
    }
    return candidates.found;
  }

  private void completeness() {
    found.add(
        Candidate.property(
            name,
            "required",
            quoted + " IS NOT NULL",
            Map.of("required", true),
            Suggestion.Place.PROPERTY,
            Candidate.map("metric", "nullValues", "dimension", "completeness")));
  }

  private void sentinels() {
    if (learnt.hidden) {
      return;
    }
    List<String> sentinels = new ArrayList<>();
    learnt.values.forEach(
        (value, count) -> {
          if (count >= SHARED && isSentinel(value)) {
            sentinels.add(value);
          }
        });
    Conditions.oneOf(name, sentinels)
        .ifPresent(
            among ->
                found.add(
                    Candidate.library(
                        name,
                        "sentinels for missing: " + sentinels.size(),
                        quoted + " IS NOT NULL AND NOT " + among,
                        Candidate.map(
                            "metric",
                            "missingValues",
                            "dimension",
                            "completeness",
                            "arguments",
                            Map.of("missingValues", sentinels)))));
  }

  private static boolean isSentinel(String value) {
    String bare = value.strip().toLowerCase(Locale.ROOT);
    return SENTINELS.contains(bare) || bare.isEmpty();
  }

  /** Returns whether the field is a category. */
  private boolean values() {
    if (learnt.hidden || learnt.values.isEmpty()) {
      return false;
    }
    List<String> shared = new ArrayList<>();
    long covered = 0;
    for (Map.Entry<String, Long> value : learnt.values.entrySet()) {
      if (value.getValue() >= SHARED && !isSentinel(value.getKey())) {
        shared.add(value.getKey());
        covered += value.getValue();
      }
    }
    boolean category =
        !shared.isEmpty()
            && shared.size() <= MOST_VALUES
            && shared.size() * 10L <= learnt.present()
            && covered >= LEAST_COVER * learnt.present();
    if (category) {
      found.add(
          Candidate.library(
              name,
              "one of " + shared.size() + (shared.size() == 1 ? " value" : " values"),
              Conditions.oneOf(name, shared).orElseThrow(),
              Candidate.map(
                  "metric",
                  "invalidValues",
                  "dimension",
                  "conformity",
                  "arguments",
                  Map.of("validValues", shared))));
    }
    return category;
  }

  private void shapes() {
    List<String> chosen = covering(learnt.shapes);
    if (chosen.isEmpty()) {
      Map<String, Long> loose = new TreeMap<>();
      learnt.shapes.forEach((shape, n) -> loose.merge(Shape.loose(shape), n, Long::sum));
      chosen = covering(loose);
    }
    if (chosen.isEmpty()) {
      return;
    }
    String pattern = Shape.pattern(chosen);
    found.add(
        Candidate.property(
            name,
            "pattern " + pattern,
            Conditions.matches(name, pattern),
            Map.of("pattern", pattern),
            Suggestion.Place.OPTION,
            Candidate.map(
                "metric",
                "invalidValues",
                "dimension",
                "conformity",
                "arguments",
                Map.of("pattern", pattern))));
  }

  /** Returns the few shapes that most texts have, none where it takes many or they tell nothing. */
  private List<String> covering(Map<String, Long> shapes) {
    List<Map.Entry<String, Long>> sorted = new ArrayList<>(shapes.entrySet());
    sorted.sort(
        Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
            .thenComparing(Map.Entry.comparingByKey()));
    List<String> chosen = new ArrayList<>();
    long covered = 0;
    for (Map.Entry<String, Long> shape : sorted) {
      if (chosen.size() == MOST_SHAPES || covered >= LEAST_COVER * learnt.present()) {
        break;
      }
      if (shape.getKey().isEmpty() || shape.getValue() < SHARED) {
        break;
      }
      chosen.add(shape.getKey());
      covered += shape.getValue();
    }
    boolean enough = covered >= LEAST_COVER * learnt.present();
    return enough && chosen.stream().anyMatch(Shape::isTelling) ? chosen : List.of();
  }

  private void lengths() {
    long longest = (long) learnt.max;
    if (longest > 1000) {
      return;
    }
    long shortest = (long) learnt.min;
    if (shortest == longest) {
      option("minLength", shortest, "length(" + quoted + ") >= " + shortest, null);
      option("maxLength", longest, "length(" + quoted + ") <= " + longest, null);
    } else {
      // A quarter more: what is longest so far need not stay so.
      long roomy = longest + (longest + 3) / 4;
      option("maxLength", roomy, "length(" + quoted + ") <= " + roomy, null);
    }
  }

  private void range() {
    if (learnt.min >= 0) {
      option("minimum", 0L, quoted + " >= 0", "non-negative");
    } else if (!learnt.hidden) {
      double low = rounded(Math.max(learnt.min, fence(-1)), -1);
      option("minimum", plain(low), quoted + " >= " + literal(low), null);
    }
    if (!learnt.hidden) {
      double high = rounded(Math.min(learnt.max, fence(1)), 1);
      if (learnt.max <= 0) {
        high = 0;
      }
      option("maximum", plain(high), quoted + " <= " + literal(high), null);
    }
  }

  /** Returns the far fence: quartile ± 6 interquartile ranges, past which single values lie. */
  private double fence(int side) {
    double low = learnt.histogram.quantile(0.25);
    double high = learnt.histogram.quantile(0.75);
    double reach = 6 * (high - low);
    if (reach == 0) {
      return side < 0 ? learnt.min : learnt.max;
    }
    return side < 0 ? low - reach : high + reach;
  }

  /** Returns {@code bound} a tenth further out, in two digits. */
  private static double rounded(double bound, int side) {
    double wide = bound + side * Math.abs(bound) * 0.1;
    if (wide == 0) {
      return side;
    }
    double unit = Math.pow(10, Math.floor(Math.log10(Math.abs(wide))) - 1);
    return (side < 0 ? Math.floor(wide / unit) : Math.ceil(wide / unit)) * unit;
  }

  private Object plain(double bound) {
    boolean whole = learnt.field.type().kind() == Type.Kind.LONG && Math.abs(bound) < 0x1p53;
    return whole || bound == Math.rint(bound) && Math.abs(bound) < 1e15
        ? (Object) (long) bound
        : bound;
  }

  private String literal(double bound) {
    return Conditions.literal(plain(bound)).orElseThrow();
  }

  private void option(String option, Object bound, String condition, @Nullable String as) {
    String what = option + " " + bound + (as == null ? "" : " (" + as + ")");
    // The library has no bounds: what some samples break is a check of our own.
    found.add(
        Candidate.property(
            name,
            what,
            condition,
            Map.of(option, bound),
            Suggestion.Place.OPTION,
            Candidate.map("type", "custom", "dimension", "conformity", "condition", condition)));
  }
}
