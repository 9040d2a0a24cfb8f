package dev.quern.testkit.conformance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The page that tells how far checks agree with Great Expectations. */
final class ConformancePage {
  /** Parts of reasons with what they stand for. */
  private static final Map<String, String> PURPOSES = purposes();

  private ConformancePage() {}

  private static Map<String, String> purposes() {
    Map<String, String> all = new LinkedHashMap<>();
    String nothing = "a check that asks nothing is a mistake, not a success";
    all.put("no evidence", "0 of 0 is no value, and a check without evidence fails");
    all.put("must be followed by", nothing);
    all.put("a rule must be given", nothing);
    all.put("names must be given", nothing);
    all.put("set must be given", nothing);
    all.put("sides of = must be of one type", "texts and numbers are never silently unequal");
    all.put("must be asked of texts", "a rule that no value of the field can obey is a mistake");
    all.put("min_length must be <=", "reversed bounds are a mistake, not a failure");
    all.put("values_to_be_of_type", "a timestamp is an instant, with a zone or without");
    all.put("stdev", "our deviation is the nearest double, theirs is the next one");
    return all;
  }

  /**
   * Returns the page.
   *
   * @param alike cases of LIKE, which pandas has not
   */
  static String of(List<Outcome> outcomes, List<Outcome> alike) {
    long expressed = outcomes.stream().filter(Outcome::isExpressed).count();
    long agreeing = outcomes.stream().filter(Outcome::agrees).count();
    StringBuilder page = new StringBuilder();
    page.append(
        """
        # Checks beside Great Expectations

        Made by a test from the language-neutral test cases of Great Expectations (Apache-2.0, commit ce78204), all that its
        pandas engine is not barred from. Each expectation has one translation to checks; the check reader, the analyzers and
        the checks then answer for the data of the case, folded in parts. Success, the number of unexpected values and the
        observed value are compared, and arguments that must be refused must be refused.

        """);
    page.append(
        "| cases | expressed | agreeing | differing | not expressible |\n|---|---|---|---|---|\n");
    page.append(
        "| %d | %d | %d (%s of the expressed) | %d | %d |\n\n"
            .formatted(
                outcomes.size(),
                expressed,
                agreeing,
                percent(agreeing, expressed),
                expressed - agreeing,
                outcomes.size() - expressed));
    page.append(
        "LIKE, which pandas has not, as PostgreSQL has it: %d cases, %d agreeing.\n\n"
            .formatted(alike.size(), alike.stream().filter(Outcome::agrees).count()));
    reasons(page, outcomes);
    expectations(page, outcomes);
    List<Outcome> all = new ArrayList<>(outcomes);
    all.addAll(alike);
    differing(page, all);
    return page.toString();
  }

  private static String percent(long part, long whole) {
    return String.format(Locale.ROOT, "%.1f %%", 100.0 * part / whole);
  }

  private static void reasons(StringBuilder page, List<Outcome> outcomes) {
    for (Outcome.Kind kind : List.of(Outcome.Kind.DIFFERS, Outcome.Kind.NOT_EXPRESSIBLE)) {
      Map<String, Integer> reasons = new TreeMap<>();
      outcomes.stream()
          .filter(outcome -> outcome.kind() == kind)
          .forEach(outcome -> reasons.merge(outcome.reason(), 1, Integer::sum));
      page.append(
          kind == Outcome.Kind.DIFFERS ? "## Why they differ\n\n" : "## Why there is no check\n\n");
      boolean differs = kind == Outcome.Kind.DIFFERS;
      page.append(
          differs
              ? "| cases | reason | on purpose? |\n|---|---|---|\n"
              : "| cases | reason |\n|---|---|\n");
      reasons.forEach(
          (reason, count) -> {
            String purpose = differs ? " " + purpose(reason, outcomes) + " |" : "";
            page.append("| %d | %s |%s\n".formatted(count, cell(reason), purpose));
          });
      page.append('\n');
    }
  }

  /** Why we mean to differ; no where we do not. */
  private static String purpose(String reason, List<Outcome> outcomes) {
    String where =
        outcomes.stream()
            .filter(outcome -> outcome.reason().equals(reason))
            .map(outcome -> outcome.one().expectation())
            .collect(Collectors.joining(" "));
    for (Map.Entry<String, String> known : PURPOSES.entrySet()) {
      if ((reason + " " + where).contains(known.getKey())) {
        return "yes: " + known.getValue();
      }
    }
    return "no";
  }

  private static void expectations(StringBuilder page, List<Outcome> outcomes) {
    Map<String, List<Outcome>> all = new TreeMap<>();
    for (Outcome outcome : outcomes) {
      all.computeIfAbsent(outcome.one().expectation(), name -> new ArrayList<>()).add(outcome);
    }
    page.append("## By expectation\n\n");
    page.append(
        "| expectation | cases | expressed | agreeing | a check, for example |\n|---|---|---|---|---|\n");
    all.forEach(
        (name, some) -> {
          String example =
              some.stream()
                  .filter(Outcome::agrees)
                  .findFirst()
                  .map(outcome -> "`" + shortened(outcome.checks().get(0)) + "`")
                  .orElse("");
          page.append(
              "| %s | %d | %d | %d | %s |\n"
                  .formatted(
                      name,
                      some.size(),
                      some.stream().filter(Outcome::isExpressed).count(),
                      some.stream().filter(Outcome::agrees).count(),
                      cell(example)));
        });
    page.append('\n');
  }

  private static String shortened(String check) {
    return check.length() <= 120 ? check : check.substring(0, 119) + "…";
  }

  private static void differing(StringBuilder page, List<Outcome> outcomes) {
    page.append("## Cases that differ\n\n| case | check | reason |\n|---|---|---|\n");
    for (Outcome outcome : outcomes) {
      if (outcome.kind() == Outcome.Kind.DIFFERS) {
        page.append(
            "| %s | `%s` | %s |\n"
                .formatted(
                    outcome.one().name(),
                    cell(shortened(String.join(" and ", outcome.checks()))),
                    cell(outcome.reason())));
      }
    }
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }
}
