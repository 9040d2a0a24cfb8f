package dev.quern.testkit.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The page that tells how far checks agree with Great Expectations. */
final class ConformancePage {
  private ConformancePage() {}

  static String of(List<Outcome> outcomes) {
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
    reasons(page, outcomes);
    expectations(page, outcomes);
    differing(page, outcomes);
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
      page.append("| cases | reason |\n|---|---|\n");
      reasons.forEach(
          (reason, count) -> page.append("| %d | %s |\n".formatted(count, cell(reason))));
      page.append('\n');
    }
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
