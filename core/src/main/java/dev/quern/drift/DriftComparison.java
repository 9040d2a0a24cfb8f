package dev.quern.drift;

import dev.quern.data.Field;
import dev.quern.data.Role;
import dev.quern.drift.Finding.Measure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Compares the states of two sets of samples: schema, number of samples and missing values first,
 * then each field, then all fields together.
 *
 * <p>Fields of text with few different values are compared as categories, others by length, script
 * and shape. Tests of missing values and fields share one rate of false alarms ({@link
 * FalseDiscovery}); the domain classifier has its own, because its permutations know no p as small
 * as many tests ask for.
 */
public final class DriftComparison {
  /** A text has categories when its values are, on average, shared by as many samples. */
  private static final int PER_CATEGORY = 5;

  private final DriftState reference;
  private final DriftState current;
  private final DriftRules rules;
  private final List<Finding> certain = new ArrayList<>();
  private final List<Finding> tests = new ArrayList<>();

  private DriftComparison(DriftState reference, DriftState current, DriftRules rules) {
    this.reference = reference;
    this.current = current;
    this.rules = rules;
  }

  /** Returns all findings of {@code current} against {@code reference}, in the order of reports. */
  public static List<Finding> compare(DriftState reference, DriftState current, DriftRules rules) {
    return new DriftComparison(reference, current, rules).findings();
  }

  private List<Finding> findings() {
    schema();
    rows();
    for (FieldSummary now : current.fields()) {
      Optional<FieldSummary> before = reference.field(now.field().name());
      before.ifPresent(then -> missing(then, now));
    }
    for (FieldSummary now : current.fields()) {
      Optional<FieldSummary> before = reference.field(now.field().name());
      before.ifPresent(then -> values(then, now));
    }
    List<Finding> all = new ArrayList<>(certain);
    double[] adjusted =
        FalseDiscovery.adjusted(
            tests.stream().mapToDouble(finding -> finding.p().orElse(1.0)).toArray());
    for (int i = 0; i < adjusted.length; i++) {
      all.add(tests.get(i).judged(adjusted[i], rules.alpha()));
    }
    DomainClassifier.compare(reference.rows(), current.rows(), rules).ifPresent(all::add);
    return all;
  }

  private void schema() {
    for (FieldSummary now : current.fields()) {
      String name = now.field().name();
      Optional<FieldSummary> before = reference.field(name);
      if (before.isEmpty()) {
        changed(name, "", typed(now), List.of("field_added"));
      } else {
        schema(before.get(), now);
      }
    }
    for (FieldSummary then : reference.fields()) {
      String name = then.field().name();
      if (current.field(name).isEmpty()) {
        changed(name, typed(then), "", List.of("field_removed"));
      }
    }
  }

  private void schema(FieldSummary then, FieldSummary now) {
    String name = now.field().name();
    List<String> changes = new ArrayList<>();
    if (!then.field().type().equals(now.field().type())) {
      changes.add("type_changed");
    }
    boolean both = then.samples() > 0 && now.samples() > 0;
    if (both && isEmpty(then) && !isEmpty(now)) {
      changes.add("was_empty");
    } else if (both && !isEmpty(then) && isEmpty(now)) {
      changes.add("is_empty");
    }
    if (!changes.isEmpty()) {
      changed(name, typed(then), typed(now), changes);
    }
  }

  private void changed(String field, String before, String after, List<String> changes) {
    Finding.Detail detail = Finding.Detail.of(before, after, changes);
    certain.add(Finding.ofRule(Measure.SCHEMA, field, 1, 1, detail));
  }

  private static String typed(FieldSummary field) {
    return field.field().type().toString();
  }

  private static boolean isEmpty(FieldSummary field) {
    return field.missing() == field.samples();
  }

  private void rows() {
    double n = reference.samples();
    double m = current.samples();
    double change = n == 0 ? m == 0 ? 0 : 1 : Math.abs(m - n) / n;
    certain.add(
        Finding.ofRule(
            Measure.ROWS,
            "",
            change,
            rules.rows(),
            Finding.Detail.of(
                Long.toString(reference.samples()), Long.toString(current.samples()), List.of())));
  }

  private void missing(FieldSummary then, FieldSummary now) {
    long n = then.samples();
    long m = now.samples();
    if (n == 0 || m == 0 || then.missing() + now.missing() == 0) {
      return;
    }
    List<long[]> table =
        List.of(
            new long[] {then.missing(), now.missing()},
            new long[] {n - then.missing(), m - now.missing()});
    if (Bins.merged(table, n, m, 5).size() < 2) {
      return;
    }
    double chi = CategoryComparison.chi(table, n, m);
    double before = (double) then.missing() / n;
    double after = (double) now.missing() / m;
    test(
        Measure.MISSING,
        now.field(),
        Optional.empty(),
        chi,
        Chances.chiSquaredThreshold(rules.alpha(), 1),
        Chances.chiSquared(chi, 1),
        Math.abs(after - before),
        rules.missing(),
        Finding.Detail.of(fraction(before), fraction(after), List.of()));
  }

  private static String fraction(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  /** Values of another type are not compared, unless both are numbers. */
  private void values(FieldSummary then, FieldSummary now) {
    boolean same = then.field().type().equals(now.field().type());
    boolean numbers = then.field().type().isNumber() && now.field().type().isNumber();
    if (!same && !numbers) {
      return;
    }
    boolean asCategories = hasCategories(then, now);
    for (Map.Entry<Aspect, CategoryCounts> entry : now.categories().entrySet()) {
      Aspect aspect = entry.getKey();
      boolean shape = aspect == Aspect.SCRIPT || aspect == Aspect.MASK;
      if (aspect == Aspect.VALUE ? asCategories : !(shape && asCategories)) {
        CategoryCounts before = then.categories().get(aspect);
        if (before != null && before.isGiven() && entry.getValue().isGiven()) {
          categories(now.field(), aspect, before, entry.getValue());
        }
      }
    }
    for (Map.Entry<Aspect, ValueBuckets> entry : now.numbers().entrySet()) {
      ValueBuckets before = then.numbers().get(entry.getKey());
      if (before != null && !(entry.getKey() == Aspect.LENGTH && asCategories)) {
        numbers(now.field(), entry.getKey(), before, entry.getValue());
      }
    }
  }

  private static boolean hasCategories(FieldSummary then, FieldSummary now) {
    CategoryCounts a = then.categories().get(Aspect.VALUE);
    CategoryCounts b = now.categories().get(Aspect.VALUE);
    return a != null
        && b != null
        && a.isGiven()
        && b.isGiven()
        && (long) PER_CATEGORY * a.counts().distinct() <= a.counts().total()
        && (long) PER_CATEGORY * b.counts().distinct() <= b.counts().total();
  }

  private void categories(Field field, Aspect aspect, CategoryCounts then, CategoryCounts now) {
    if (then.counts().total() == 0 || now.counts().total() == 0) {
      return;
    }
    CategoryComparison found = CategoryComparison.of(then.counts(), now.counts());
    if (found.freedom() == 0) {
      return;
    }
    boolean told = aspect == Aspect.VALUE && !isHidden(field);
    test(
        Measure.CATEGORIES,
        field,
        Optional.of(aspect),
        found.chi(),
        Chances.chiSquaredThreshold(rules.alpha(), found.freedom()),
        Chances.chiSquared(found.chi(), found.freedom()),
        found.association(),
        rules.association(),
        new Finding.Detail(
            "",
            "",
            List.of(),
            new TreeMap<>(
                Map.of("freedom", (double) found.freedom(), "divergence", found.divergence())),
            told ? found.added() : List.of(),
            told ? found.vanished() : List.of()));
  }

  private static boolean isHidden(Field field) {
    return field.is(Role.SENSITIVE) || field.is(Role.IDENTIFIER) || field.is(Role.SUBJECT);
  }

  private void numbers(Field field, Aspect aspect, ValueBuckets then, ValueBuckets now) {
    if (then.total() == 0 || now.total() == 0) {
      return;
    }
    NumberComparison found = NumberComparison.of(then, now);
    NumberComparison.Stability stability = found.stability();
    double scale = 1.0 / found.reference() + 1.0 / found.current();
    if (stability.freedom() > 0) {
      test(
          Measure.PSI,
          field,
          Optional.of(aspect),
          stability.index(),
          scale * Chances.chiSquaredThreshold(rules.alpha(), stability.freedom()),
          Chances.chiSquared(stability.index() / scale, stability.freedom()),
          stability.index(),
          rules.psi(),
          Finding.Detail.of(Map.of("bins", stability.freedom() + 1.0)));
    }
    test(
        Measure.SHIFT,
        field,
        Optional.of(aspect),
        found.distance(),
        found.distanceThreshold(rules.alpha()),
        found.distanceChance(),
        found.shift(),
        rules.shift(),
        Finding.Detail.of(Map.of()));
  }

  private void test(
      Measure measure,
      Field field,
      Optional<Aspect> aspect,
      double statistic,
      double threshold,
      double p,
      double effect,
      double floor,
      Finding.Detail detail) {
    tests.add(
        new Finding(
            measure,
            field.name(),
            aspect,
            statistic,
            Optional.of(threshold),
            Optional.of(p),
            Optional.empty(),
            effect,
            floor,
            Finding.Verdict.STABLE,
            detail));
  }
}
