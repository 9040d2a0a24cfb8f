package dev.quern.privacy;

import dev.quern.data.Schema;
import dev.quern.operator.BindException;
import dev.quern.operator.Example;
import dev.quern.operator.Localized;
import dev.quern.operator.Metric;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Serving;
import dev.quern.privacy.anonymity.CombinationTable;
import dev.quern.privacy.anonymity.Combinations;
import dev.quern.privacy.anonymity.Risk;
import dev.quern.privacy.attack.JoinUniqueness;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * join_risk = joined samples that are alone with their values / joined samples: how many people
 * become unique where somebody joins the samples with another release by fields that both have. The
 * values are those of {@code fields}: the samples' own, and of the other release those that the
 * samples do not have. Missing keys match nothing. Part {@code before}: the fraction of samples
 * that are alone with their own fields, without the join.
 *
 * @param on the fields that are joined on
 * @param values further fields, each of the samples or of the other release
 * @param known the dataset version that holds the other release
 */
public record JoinRisk(List<String> on, List<String> values, String known) implements AttackMetric {
  private static final Param<List<String>> ON =
      Param.fields("on", new Localized("The fields that are joined on.", "用于连接的字段。"))
          .where("a list of at least one field name", names -> !names.isEmpty());

  private static final Param<List<String>> VALUES =
      Param.texts(
              "fields",
              new Localized(
                  "Further fields, each of the samples or of the other release.",
                  "其他字段，属于样本或另一发布数据。"))
          .where("a list of at least one field name", names -> !names.isEmpty());

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "privacy.join_risk",
          new Localized(
              "The fraction of samples that are unique once they are joined with another release.",
              "与另一发布数据连接后唯一的样本比例。"),
          "Ganta, Kasiviswanathan and Smith 2008 (composition attacks)",
          1,
          Serving.TRAINING_ONLY,
          List.of(ON, VALUES, KNOWN),
          List.of(
              new Example(
                  "{on: [id], fields: [age, town], known: others}",
                  "[[{\"id\": 1, \"age\": \"30s\"}, {\"id\": 2, \"age\": \"30s\"}, {\"id\": 3,"
                      + " \"age\": \"60s\"}, {\"id\": 4, \"age\": \"60s\"}], [{\"id\": 1, \"town\":"
                      + " \"a\"}, {\"id\": 2, \"town\": \"b\"}, {\"id\": 3, \"town\": \"a\"},"
                      + " {\"id\": 4, \"town\": \"a\"}]]",
                  "{\"join_risk(id, age, town)\": 0.5, \"join_risk(id, age, town)[before]\": 0.0}")),
          params -> new JoinRisk(params.get(ON), params.get(VALUES), params.get(KNOWN)));

  /** Makes an analyzer. */
  public JoinRisk {
    on = List.copyOf(on);
    values = List.copyOf(values);
  }

  @Override
  public List<String> fields() {
    List<String> all = new ArrayList<>(on);
    all.addAll(values);
    return all;
  }

  @Override
  public String metric() {
    return "join_risk";
  }

  /** Either side has the fields joined on and some of the others. */
  @Override
  public int[] positions(Schema input) {
    List<String> there = there(input, name -> true);
    if (there.isEmpty()) {
      throw new BindException(
          VALUES.name(), "must name a field of the samples besides those joined on; found: none");
    }
    List<String> all = new ArrayList<>(on);
    all.addAll(there);
    return ClassSizes.positions(input, all, List.of());
  }

  private List<String> there(Schema input, Predicate<String> wanted) {
    return values.stream().filter(name -> input.indexOf(name) >= 0).filter(wanted).toList();
  }

  @Override
  public List<Metric> metrics(
      Combinations state, Schema input, Combinations reference, Schema referenceInput) {
    List<String> theirs = there(referenceInput, name -> true);
    CombinationTable all = reference.table();
    List<Integer> columns = new ArrayList<>();
    for (int column = 0; column < on.size() + theirs.size(); column++) {
      if (column < on.size() || input.indexOf(theirs.get(column - on.size())) < 0) {
        columns.add(column);
      }
    }
    JoinUniqueness found = JoinUniqueness.of(state.table(), columns(all, columns), on.size());
    return List.of(share(found.after()), share(found.before()).part("before"));
  }

  /**
   * Combinations that are equal in these columns stand there several times, which does not matter.
   */
  private static CombinationTable columns(CombinationTable table, List<Integer> columns) {
    @Nullable String[][] domains = new String[columns.size()][];
    int[][] codes = new int[columns.size()][];
    for (int i = 0; i < codes.length; i++) {
      domains[i] = table.domains()[columns.get(i)];
      codes[i] = table.codes()[columns.get(i)];
    }
    return new CombinationTable(domains, codes, table.counts());
  }

  private Metric share(Risk risk) {
    return Metric.proportion(metric(), fields(), risk.unique(), risk.samples());
  }
}
