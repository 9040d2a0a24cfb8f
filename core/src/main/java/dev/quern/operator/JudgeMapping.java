package dev.quern.operator;

import dev.quern.data.Batch;
import dev.quern.data.BatchBuilder;
import dev.quern.data.Column;
import dev.quern.data.ColumnBuilder;
import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.engine.ChangedCells;
import dev.quern.engine.Fault;
import dev.quern.engine.Mapping;
import dev.quern.engine.Outcome;
import dev.quern.text.Utf8Buffer;
import dev.quern.text.ValueWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Judges samples as code of a map: their verdicts, the failing samples, or those that pass. */
public final class JudgeMapping implements Mapping {
  /** What comes of samples that were judged. */
  public enum Gives {
    /** Nothing: the set only measures. */
    METRICS,
    /** One sample per failing verdict, see {@link #VERDICT}. */
    VERDICTS,
    /** The failing samples, with what is wrong in further fields, see {@link #aside}. */
    FAILING,
    /** The samples that pass; the others are dropped under the reason of their first finding. */
    PASSING
  }

  /**
   * The fields of a verdict: id of the sample, check, fields at fault, reason, the number the rule
   * compared, length in bytes and character mask of the value of the first field; where values are
   * told, the value itself and what could stand there instead.
   */
  public static final Schema VERDICT =
      Schema.of(
          Field.of("id", Type.TEXT),
          Field.of("check", Type.TEXT),
          Field.of("verdict", Type.TEXT),
          Field.of("fields", Type.parse("list<text>")),
          Field.of("reason", Type.TEXT),
          Field.of("measured", Type.DOUBLE),
          Field.of("length", Type.LONG),
          Field.of("mask", Type.TEXT),
          Field.of("value", Type.TEXT),
          Field.of("repair", Type.TEXT));

  /** Bytes that hold all characters of a mask, however long they are. */
  private static final int MASKED = 96;

  private final List<Judging> judges;
  private final Gives gives;
  private final boolean values;
  private final BatchBuilder made;
  private final Map<Integer, List<Found>> found = new HashMap<>();
  private final ValueWriter writer = new ValueWriter();
  private final Utf8Buffer text = new Utf8Buffer();

  /** A judge and the name of its check. */
  record Judging(String check, SampleJudge judge) {}

  private record Found(String check, Finding finding) {}

  JudgeMapping(List<Judging> judges, Gives gives, ChangedCells told, Schema output) {
    this.judges = judges;
    this.gives = gives;
    this.values = told == ChangedCells.VALUES;
    this.made = new BatchBuilder(output);
  }

  /** Returns the name that a field of a reference has beside those of the samples it judges. */
  public static String referenceName(String field) {
    return field + " (reference)";
  }

  /**
   * Returns the fields of samples set aside: those of {@code input}, then lists of the failed
   * checks and their reasons. Names that the input has already get underscores before them.
   */
  public static Schema aside(Schema input) {
    List<Field> fields = new ArrayList<>(input.fields());
    for (String name : List.of("_checks", "_reasons")) {
      String free = name;
      while (input.indexOf(free) >= 0) {
        free = "_" + free;
      }
      fields.add(Field.of(free, Type.parse("list<text>")));
    }
    return new Schema(fields);
  }

  @Override
  public void map(Batch batch, Outcome out) {
    found.clear();
    for (Judging judging : judges) {
      judging.judge.judge(
          batch,
          new SampleJudge.Findings() {
            @Override
            public void fail(int row, Finding finding) {
              found
                  .computeIfAbsent(row, r -> new ArrayList<>())
                  .add(new Found(judging.check, finding));
            }

            @Override
            public void notApplicable(int row) {
              // Only failures are written; how many do not apply is in the metric.
            }
          });
    }
    switch (gives) {
      case VERDICTS -> verdicts(batch, out);
      case FAILING -> failing(batch, out);
      case PASSING -> passing(batch, out);
      case METRICS -> throw new IllegalStateException("a set that measures must not map");
    }
  }

  private void passing(Batch batch, Outcome out) {
    if (found.isEmpty()) {
      out.keep(batch);
      return;
    }
    int[] kept = new int[batch.count()];
    int size = 0;
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      List<Found> wrong = found.get(row);
      if (wrong == null) {
        kept[size++] = row;
      } else {
        Finding first = wrong.get(0).finding;
        out.drop(batch, row, first.reason(), first.measured());
      }
    }
    if (size > 0) {
      out.keep(batch.select(kept, size));
    }
  }

  private void failing(Batch batch, Outcome out) {
    int fields = batch.schema().size();
    long others = 0;
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      List<Found> wrong = found.get(row);
      if (wrong == null) {
        others++;
        continue;
      }
      made.keys().append(batch.keys(), row);
      for (int field = 0; field < fields; field++) {
        made.column(field).append(batch.column(field), row);
      }
      texts(made.column(fields), wrong.stream().map(Found::check).toList());
      texts(made.column(fields + 1), wrong.stream().map(f -> f.finding.reason()).toList());
      hand(out, false);
    }
    out.merged(others);
    hand(out, true);
  }

  private void verdicts(Batch batch, Outcome out) {
    long written = 0;
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      List<Found> wrong = found.get(row);
      if (wrong != null) {
        written += wrong.size();
        for (Found one : wrong) {
          verdict(batch, row, one);
          hand(out, false);
        }
      }
    }
    out.created(written);
    out.merged(batch.count());
    hand(out, true);
  }

  private void hand(Outcome out, boolean all) {
    if (made.isFull() || all && made.count() > 0) {
      out.keep(made.build());
    }
  }

  private void verdict(Batch batch, int row, Found wrong) {
    Finding finding = wrong.finding;
    made.keys().append(batch.keys(), row);
    made.column(0).appendText(batch.keys().id(row).toString());
    made.column(1).appendText(wrong.check);
    made.column(2).appendText("fail");
    texts(made.column(3), finding.fields());
    made.column(4).appendText(finding.reason());
    if (Double.isFinite(finding.measured())) {
      made.column(5).appendDouble(finding.measured());
    } else {
      made.column(5).appendNull();
    }
    shape(batch, row, finding);
    appendOrNull(made.column(9), values ? finding.repair().orElse(null) : null);
  }

  /** Tells the value at fault by its length and character classes, and itself where it may be. */
  private void shape(Batch batch, int row, Finding finding) {
    int position =
        finding.fields().isEmpty() ? -1 : batch.schema().indexOf(finding.fields().get(0));
    Column column = position < 0 ? null : batch.column(position);
    if (column == null || column.isNull(row) || !column.type().isScalar()) {
      made.column(6).appendNull();
      made.column(7).appendNull();
      made.column(8).appendNull();
      return;
    }
    writer.write(column, row, text.reset());
    made.column(6).appendLong(text.length());
    int read = values ? text.length() : Math.min(text.length(), MASKED);
    String value = new String(text.bytes(), 0, read, StandardCharsets.UTF_8);
    made.column(7).appendText(Fault.mask(value));
    appendOrNull(made.column(8), values ? value : null);
  }

  private static void appendOrNull(ColumnBuilder column, @Nullable String text) {
    if (text == null) {
      column.appendNull();
    } else {
      column.appendText(text);
    }
  }

  private static void texts(ColumnBuilder list, List<String> texts) {
    texts.forEach(text -> list.elements().appendText(text));
    list.endList();
  }
}
