package dev.quern.train;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.Field;
import dev.quern.data.Role;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.feature.Numbers;
import dev.quern.operator.BindException;
import dev.quern.operator.FieldChoice;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The first reading: counts of all parts and what train tells of each field. */
final class Survey {
  private static final List<Role> NO_INPUTS =
      List.of(
          Role.LABEL,
          Role.IDENTIFIER,
          Role.SUBJECT,
          Role.GROUP,
          Role.OUT_OF_SAMPLE,
          Role.ANNOTATION);

  private final int target;
  private final List<FieldSurvey> fields = new ArrayList<>();
  private final TargetSurvey targets;
  private final Map<String, String> left = new LinkedHashMap<>();
  private final Map<Part, Counts> counts = new EnumMap<>(Part.class);

  private static final class Counts {
    private long read;
    private long withoutTarget;
  }

  /**
   * Chooses the fields that can be inputs.
   *
   * @throws BindException if the settings do not fit the schema
   */
  Survey(Schema schema, String targetName, Settings settings) {
    target = FieldChoice.position(schema, "", targetName);
    targets = new TargetSurvey(schema.field(target), settings);
    int[] excluded = FieldChoice.named(schema, "exclude", settings.exclude());
    if (settings.inputs().isPresent()) {
      for (int position :
          FieldChoice.named(
              schema,
              "inputs",
              settings.inputs().get(),
              "numbers, bools, texts, timestamps or dates, and not the target",
              field -> isReadable(field.type()) && !field.name().equals(targetName))) {
        fields.add(new FieldSurvey(schema.field(position), position, settings.maxCategories()));
      }
    } else {
      for (int i = 0; i < schema.size(); i++) {
        consider(schema.field(i), i, settings);
      }
    }
    for (int position : excluded) {
      fields.removeIf(field -> field.position() == position);
      left.put(schema.field(position).name(), "excluded");
    }
    if (fields.isEmpty()) {
      throw new BindException(
          "inputs",
          "must leave a field for the model to read (number, bool, text, timestamp or date);"
              + " found: none");
    }
  }

  private void consider(Field field, int position, Settings settings) {
    if (position == target) {
      return;
    }
    for (Role role : NO_INPUTS) {
      if (field.is(role)) {
        left.put(field.name(), "role " + role.written());
        return;
      }
    }
    if (isReadable(field.type())) {
      fields.add(new FieldSurvey(field, position, settings.maxCategories()));
    } else {
      left.put(field.name(), "type " + field.type());
    }
  }

  private static boolean isReadable(Type type) {
    return type.equals(Type.TEXT) || Numbers.supports(type);
  }

  void add(Batch batch, Part.Rule rule) {
    Column goal = batch.column(target);
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      Part part = rule.of(batch.keys(), row);
      Counts count = counts.computeIfAbsent(part, p -> new Counts());
      count.read++;
      if (!hasTarget(goal, row)) {
        count.withoutTarget++;
      } else if (part == Part.TRAIN) {
        targets.add(goal, row);
        for (FieldSurvey field : fields) {
          field.add(batch.column(field.position()), row);
        }
      }
    }
  }

  /** Returns whether the target is known: no null, NaN or infinite number. */
  static boolean hasTarget(Column goal, int row) {
    if (goal.isNull(row)) {
      return false;
    }
    Type.Kind kind = goal.type().kind();
    return (kind != Type.Kind.DOUBLE && kind != Type.Kind.FLOAT)
        || Double.isFinite(goal.doubleAt(row));
  }

  int targetPosition() {
    return target;
  }

  List<FieldSurvey> fields() {
    return fields;
  }

  /** Fields that are no inputs, with the reason. */
  Map<String, String> left() {
    return left;
  }

  Target target() {
    return targets.target();
  }

  long read(Part part) {
    return counts.getOrDefault(part, new Counts()).read;
  }

  long withoutTarget(Part part) {
    return counts.getOrDefault(part, new Counts()).withoutTarget;
  }

  /** Samples that have a target. */
  long usable(Part part) {
    return read(part) - withoutTarget(part);
  }
}
