package dev.quern.privacy;

import dev.quern.data.Column;
import dev.quern.data.Hash128;
import dev.quern.data.Schema;
import dev.quern.operator.FieldChoice;
import dev.quern.operator.Finding;
import dev.quern.operator.Fit;
import dev.quern.operator.Localized;
import dev.quern.operator.Param;
import dev.quern.operator.SampleJudge;
import dev.quern.privacy.anonymity.Anonymized;
import dev.quern.privacy.anonymity.CombinationTable;
import dev.quern.privacy.anonymity.Hierarchy;
import dev.quern.statistics.HashCounts;
import dev.quern.statistics.Scalars;
import dev.quern.text.ValueWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The classes of samples that share the values of some fields, as metrics of anonymity see them.
 */
final class ClassSizes {
  static final Param<List<String>> FIELDS =
      Param.fields(
              "fields",
              new Localized(
                  "The quasi-identifiers: fields that name a person together.",
                  "准标识符：合起来可识别个人的字段。"))
          .where("a list of at least one field name", fields -> !fields.isEmpty());

  private static final String FAILING = "failing";

  private ClassSizes() {}

  /** Returns the positions of {@code fields}, then of {@code sensitive}. */
  static int[] positions(Schema input, List<String> fields, List<String> sensitive) {
    List<String> all = new ArrayList<>(fields);
    all.addAll(sensitive);
    return FieldChoice.named(
        input, "fields", all, "text, numbers, bool or dates", field -> field.type().isScalar());
  }

  /** Returns the classes of the first {@code fields} fields without the suppressed samples. */
  static CombinationTable classes(CombinationTable table, int fields) {
    return published(table, fields).first(fields);
  }

  private static CombinationTable published(CombinationTable table, int fields) {
    return table.where(
        row -> {
          for (int field = 0; field < fields; field++) {
            if (!Hierarchy.ANY.equals(table.domains()[field][table.codes()[field][row]])) {
              return true;
            }
          }
          return false;
        });
  }

  /**
   * Returns, class by class, how many samples hold each value of the field after the first ones.
   */
  static List<long[]> spreads(CombinationTable table, int fields) {
    CombinationTable published = published(table, fields);
    int[] of = published.classes(fields);
    List<long[]> spreads = new ArrayList<>();
    for (int row = 0; row < of.length; row++) {
      if (of[row] == spreads.size()) {
        spreads.add(new long[table.domains()[fields].length]);
      }
      spreads.get(of[row])[published.codes()[fields][row]] += published.counts()[row];
    }
    return spreads;
  }

  /** Returns the hashes of the classes for which {@code fails} holds. */
  static Fit failing(CombinationTable classes, IntPredicate fails) {
    HashCounts failing = new HashCounts();
    Hash128 hash = new Hash128();
    @Nullable String[] values = new String[classes.codes().length];
    for (int one = 0; one < classes.size(); one++) {
      if (fails.test(one)) {
        for (int field = 0; field < values.length; field++) {
          values[field] = classes.domains()[field][classes.codes()[field][one]];
        }
        Anonymized.hash(values, hash);
        failing.add(hash);
      }
    }
    return new Fit(Map.of(FAILING, failing.encoded()));
  }

  /** Returns what tells of the samples of the classes of {@link #failing}. */
  static SampleJudge judge(int[] positions, Fit fit, Finding finding) {
    HashCounts failing = HashCounts.decoded(String.valueOf(fit.values().get(FAILING)));
    Hash128 hash = new Hash128();
    ValueWriter writer = new ValueWriter();
    @Nullable String[] values = new String[positions.length];
    return (batch, findings) -> {
      for (int i = 0; i < batch.count(); i++) {
        int row = batch.row(i);
        boolean suppressed = true;
        for (int field = 0; field < positions.length; field++) {
          Column column = batch.column(positions[field]);
          values[field] = Scalars.isMissing(column, row) ? null : writer.text(column, row);
          suppressed &= Hierarchy.ANY.equals(values[field]);
        }
        Anonymized.hash(values, hash);
        if (suppressed) {
          findings.notApplicable(row);
        } else if (failing.contains(hash)) {
          findings.fail(row, finding);
        }
      }
    };
  }
}
