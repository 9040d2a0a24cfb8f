package dev.quern.contract;

import dev.quern.data.Batch;
import dev.quern.data.CanonicalForm;
import dev.quern.data.Column;
import dev.quern.data.Field;
import dev.quern.data.Hash128;
import dev.quern.data.Role;
import dev.quern.data.Type;
import dev.quern.statistics.HashCounts;
import dev.quern.statistics.LogHistogram;
import dev.quern.statistics.Scalars;
import java.util.Map;
import java.util.TreeMap;

/** What one half of the samples shows of a field. */
final class FieldLearner {
  /** A field of more values is no category. */
  static final int CATEGORIES = 1000;

  /** Shapes told apart at most; a field of more has none. */
  private static final int SHAPES = 500;

  final Field field;
  final boolean hidden;
  long samples;
  long missing;
  double min = Double.POSITIVE_INFINITY;
  double max = Double.NEGATIVE_INFINITY;
  long wholes;
  final LogHistogram histogram = new LogHistogram();

  /** By value; emptied once there are too many. */
  final Map<String, Long> values = new TreeMap<>();

  final Map<String, Long> shapes = new TreeMap<>();
  final HashCounts counts = new HashCounts();
  private boolean many;
  private boolean shapeless;
  private final CanonicalForm form = new CanonicalForm();
  private final Hash128 hash = new Hash128();

  FieldLearner(Field field) {
    this.field = field;
    this.hidden = field.is(Role.SENSITIVE) || field.is(Role.IDENTIFIER) || field.is(Role.SUBJECT);
  }

  boolean isText() {
    return field.type().kind() == Type.Kind.TEXT;
  }

  long present() {
    return samples - missing;
  }

  void add(Batch batch, Column column) {
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      samples++;
      if (Scalars.isMissing(column, row)) {
        missing++;
      } else {
        counts.add(hash(column, row));
        if (isText()) {
          addText(column.textAt(row));
        } else if (field.type().isNumber()) {
          addNumber(column.doubleAt(row));
        }
      }
    }
  }

  /** Returns the hash of the value of {@code row}. */
  Hash128 hash(Column column, int row) {
    form.reset().put(column, row);
    return hash.hash(form.bytes(), 0, form.length(), 0);
  }

  private void addText(String text) {
    int length = text.codePointCount(0, text.length());
    min = Math.min(min, length);
    max = Math.max(max, length);
    if (!many) {
      values.merge(text, 1L, Long::sum);
      if (values.size() > CATEGORIES) {
        values.clear();
        many = true;
      }
    }
    if (!shapeless) {
      shapes.merge(Shape.of(text), 1L, Long::sum);
      if (shapes.size() > SHAPES) {
        shapes.clear();
        shapeless = true;
      }
    }
  }

  private void addNumber(double number) {
    min = Math.min(min, number);
    max = Math.max(max, number);
    wholes += number == Math.rint(number) ? 1 : 0;
    histogram.add(number);
  }
}
