package dev.quern.privacy.transform;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.ColumnBuilder;
import dev.quern.data.Field;
import dev.quern.data.ListColumn;
import dev.quern.data.StructColumn;
import dev.quern.engine.Fault;
import dev.quern.engine.Mapping;
import dev.quern.engine.Outcome;
import dev.quern.privacy.recognise.CellText;
import dev.quern.privacy.recognise.NestedValues;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Replaces what findings name in texts, numbers and dates. Findings that are replaced leave the
 * list, the others move with the text, so that one step can replace some types and a later one the
 * rest.
 *
 * <p>Findings that overlap are replaced as one, by the type of the longest (then the first): no
 * character covered by any of them stays. A sample whose findings do not fit its values (a field
 * that is not there or of another type, an end behind the end of the text) goes into quarantine:
 * its values have changed since, and what would be replaced is not what was found.
 *
 * <p>A number or a date stays one: what its type cannot hold becomes missing, or puts the sample
 * into quarantine where it must not be lost, see {@link Replacement#isNeeded}.
 */
final class SpanMapping implements Mapping {
  private static final String READ_IT =
      "read it as text, or move it into a field of its own and name that in fields";

  private final int findings;
  private final FindingSpans reading;
  private final String action;
  private final Replacement replacement;
  private final Rewriter rewriter;
  private final CellText cells = new CellText();
  private final Map<String, String> rules = new HashMap<>();

  /** By position and row the new values. */
  private final Map<Integer, @Nullable Rewritten[]> whole = new LinkedHashMap<>();

  /** By position of a list or struct and by row the new values by their paths. */
  private final Map<Integer, Map<Integer, Map<String, Rewritten>>> nested = new LinkedHashMap<>();

  /** By row the findings that are left, where some are not. */
  private final Map<Integer, List<FindingSpans.Span>> left = new HashMap<>();

  SpanMapping(
      int findings,
      FindingSpans reading,
      Optional<Set<String>> types,
      String action,
      Replacement replacement) {
    this.findings = findings;
    this.reading = reading;
    this.action = action;
    this.replacement = replacement;
    this.rewriter = new Rewriter(types, replacement);
  }

  @Override
  public void map(Batch batch, Outcome out) {
    Column column = batch.column(findings);
    whole.clear();
    nested.clear();
    left.clear();
    int[] rows = new int[batch.count()];
    int kept = 0;
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      List<FindingSpans.Span> spans = reading.read(column, row);
      if (spans.isEmpty() || isReplaced(batch, row, spans, out)) {
        rows[kept++] = row;
      }
    }
    Batch changed = batch;
    for (Map.Entry<Integer, @Nullable Rewritten[]> one : whole.entrySet()) {
      Field field = batch.schema().field(one.getKey());
      changed = changed.with(field, copied(batch.column(one.getKey()), one.getValue()));
    }
    for (Map.Entry<Integer, Map<Integer, Map<String, Rewritten>>> one : nested.entrySet()) {
      Field field = batch.schema().field(one.getKey());
      changed = changed.with(field, copied(field, batch.column(one.getKey()), one.getValue()));
    }
    if (!left.isEmpty()) {
      changed = changed.with(batch.schema().field(findings), findings((ListColumn) column));
    }
    out.keep(kept == batch.count() ? changed : changed.select(rows, kept));
  }

  private boolean isReplaced(Batch batch, int row, List<FindingSpans.Span> spans, Outcome out) {
    Map<Integer, Map<String, Rewritten>> done = new LinkedHashMap<>();
    Map<String, NamedValue> named = NamedValue.of(batch, row, spans);
    List<FindingSpans.Span> moved = new ArrayList<>();
    int from = 0;
    while (from < spans.size()) {
      int to = from + 1;
      String name = spans.get(from).field();
      while (to < spans.size() && spans.get(to).field().equals(name)) {
        to++;
      }
      List<FindingSpans.Span> ofField = spans.subList(from, to);
      from = to;
      NamedValue value = named.get(name);
      Rewritten rewritten = rewritten(batch, row, value, ofField, out);
      if (rewritten == null || value == null) {
        return false;
      }
      moved.addAll(rewritten.moved());
      if (!rewritten.types().isEmpty()) {
        done.computeIfAbsent(value.position(), key -> new LinkedHashMap<>()).put(name, rewritten);
      }
    }
    done.forEach((position, values) -> keep(batch, row, position, values, out));
    if (!done.isEmpty()) {
      left.put(row, moved);
    }
    return true;
  }

  /** Returns what becomes of a value; null if its sample is in quarantine. */
  private @Nullable Rewritten rewritten(
      Batch batch,
      int row,
      @Nullable NamedValue value,
      List<FindingSpans.Span> spans,
      Outcome out) {
    String text = value == null || value.isMissing() ? "" : cells.text(value.column(), value.row());
    String fault = fault(value, text, spans);
    if (fault != null || value == null) {
      String expected = "findings that fit the text; run privacy.detect after steps that change it";
      String at = value == null ? "" : batch.schema().field(value.position()).name();
      String rule = fault == null ? "finding_without_field" : fault;
      out.quarantine(batch, row, at, Fault.of(rule, expected));
      return null;
    }
    Rewritten rewritten = rewriter.rewritten(text, spans, start -> value.place(batch, row, start));
    String made = rewritten.text();
    if (rewritten.types().isEmpty() || made == null || isHeld(value, made)) {
      return rewritten;
    }
    if (replacement.isNeeded()) {
      Field field = batch.schema().field(value.position());
      String expected =
          "text, as a "
              + value.column().type()
              + " cannot hold what stands in place of it; "
              + (field.type().isScalar()
                  ? "name the field in fields, or read it as text"
                  : READ_IT);
      out.quarantine(batch, row, value.path(), Fault.of("finding_in_number", expected));
      return null;
    }
    return rewritten.missing();
  }

  private boolean isHeld(NamedValue value, String text) {
    Column column = value.column();
    return CellText.isText(column.type())
        || cells.append(text, column, value.row(), ColumnBuilder.of(column.type()));
  }

  /** Keeps the new values of a field and tells of its new value. */
  private void keep(
      Batch batch, int row, int position, Map<String, Rewritten> values, Outcome out) {
    Field field = batch.schema().field(position);
    Column before = batch.column(position);
    Set<String> types = new LinkedHashSet<>();
    values.values().forEach(one -> types.addAll(one.types()));
    ColumnBuilder alone = ColumnBuilder.of(field.type());
    if (field.type().isScalar()) {
      Rewritten rewritten = values.values().iterator().next();
      whole.computeIfAbsent(position, key -> new @Nullable Rewritten[batch.rows()])[row] =
          rewritten;
      append(rewritten, before, row, alone);
    } else {
      nested.computeIfAbsent(position, key -> new HashMap<>()).put(row, values);
      copy(field, before, row, values, alone);
    }
    Object after = alone.build().valueAt(0);
    for (String type : types) {
      out.change(batch, row, field.name(), rule(type), 1, after);
    }
  }

  /** Findings of fields that are not there were made before the fields got other names. */
  private static @Nullable String fault(
      @Nullable NamedValue value, String text, List<FindingSpans.Span> spans) {
    if (value == null) {
      return "finding_without_field";
    }
    if (value.isMissing() || !CellText.isOf(value.column().type())) {
      return "finding_without_text";
    }
    int length = text.codePointCount(0, text.length());
    for (FindingSpans.Span span : spans) {
      if (!span.fits(length)) {
        return "finding_outside_text";
      }
      if (span.isOfAnother(length)) {
        return "finding_of_other_text";
      }
    }
    return null;
  }

  private String rule(String type) {
    return rules.computeIfAbsent(type, t -> action + "_" + t.toLowerCase(Locale.ROOT));
  }

  private void append(Rewritten rewritten, Column before, int row, ColumnBuilder builder) {
    String text = rewritten.text();
    if (text == null) {
      builder.appendNull();
    } else if (!cells.append(text, before, row, builder)) {
      throw new IllegalStateException("a value that was held must be held again");
    }
  }

  private void copy(
      Field field, Column before, int row, Map<String, Rewritten> values, ColumnBuilder builder) {
    NestedValues.copy(
        field,
        before,
        row,
        (path, column, at, into) -> {
          Rewritten rewritten = values.get(path.toString());
          if (rewritten != null) {
            append(rewritten, column, at, into);
          }
          return rewritten != null;
        },
        builder);
  }

  private Column copied(Field field, Column before, Map<Integer, Map<String, Rewritten>> values) {
    ColumnBuilder builder = ColumnBuilder.of(field.type());
    for (int row = 0; row < before.size(); row++) {
      Map<String, Rewritten> ofRow = values.get(row);
      if (ofRow == null) {
        builder.append(before, row);
      } else {
        copy(field, before, row, ofRow, builder);
      }
    }
    return builder.build();
  }

  private Column copied(Column before, @Nullable Rewritten[] values) {
    ColumnBuilder builder = ColumnBuilder.of(before.type());
    for (int row = 0; row < before.size(); row++) {
      Rewritten rewritten = values[row];
      if (rewritten == null) {
        builder.append(before, row);
      } else {
        append(rewritten, before, row, builder);
      }
    }
    return builder.build();
  }

  private Column findings(ListColumn before) {
    ColumnBuilder builder = ColumnBuilder.of(before.type());
    for (int row = 0; row < before.size(); row++) {
      List<FindingSpans.Span> spans = left.get(row);
      if (spans == null) {
        builder.append(before, row);
        continue;
      }
      for (FindingSpans.Span span : spans) {
        reading.append((StructColumn) before.elements(), span, builder.elements());
      }
      builder.endList();
    }
    return builder.build();
  }
}
