package dev.quern.quality;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.Field;
import dev.quern.data.ListColumn;
import dev.quern.data.Role;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.label.Probabilities;
import dev.quern.operator.BindException;
import dev.quern.operator.FieldChoice;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The probabilities of a sample's classes: one field that lists them, or one field per class. */
final class ProbabilityFields {
  private final int[] positions;
  private final boolean listed;

  /** What a sample holds. */
  enum Found {
    PROBABILITIES,
    /** Nothing: a null. */
    NONE,
    /** Something that is not one probability for each class. */
    WRONG
  }

  private ProbabilityFields(int[] positions, boolean listed) {
    this.positions = positions;
    this.listed = listed;
  }

  /**
   * Finds the fields called {@code names}.
   *
   * @param declared whether the recipe says that they are out of sample
   * @throws BindException if they hold no probabilities, or nothing says that the models behind
   *     them have not seen the samples
   */
  static ProbabilityFields of(
      Schema input, List<String> names, boolean declared, @Nullable List<String> classes) {
    int[] positions =
        FieldChoice.named(
            input, "probabilities", names, "doubles or a list of doubles", f -> fits(f.type()));
    boolean listed = positions.length == 1 && isList(input.field(positions[0]).type());
    if (!listed) {
      checkSingle(input, positions, classes);
    }
    for (int position : positions) {
      Field field = input.field(position);
      if (!declared && !field.is(Role.OUT_OF_SAMPLE)) {
        throw new BindException(
            "probabilities",
            "must be made by models that have not seen the samples; found: "
                + field.name()
                + ", of which nothing says so; fix: make it with quality.out_of_fold, or, where it"
                + " was made so elsewhere, write probabilities_are: out_of_sample");
      }
    }
    return new ProbabilityFields(positions, listed);
  }

  private static void checkSingle(Schema input, int[] positions, @Nullable List<String> classes) {
    for (int position : positions) {
      if (isList(input.field(position).type())) {
        throw new BindException(
            "probabilities", "must name one field with lists or one field per class; found: both");
      }
    }
    if (classes == null || classes.size() != positions.length) {
      throw new BindException(
          "classes",
          "must name the class of each field of probabilities, in their order; found: "
              + (classes == null ? 0 : classes.size())
              + " for "
              + positions.length);
    }
  }

  private static boolean fits(Type type) {
    return type.equals(Type.DOUBLE) || type.equals(Type.FLOAT) || isList(type);
  }

  private static boolean isList(Type type) {
    return type instanceof Type.ListOf list
        && (list.element().equals(Type.DOUBLE) || list.element().equals(Type.FLOAT));
  }

  /** Reads the probabilities of physical row {@code row} into {@code into}, one per class. */
  Found read(Batch batch, int row, double[] into) {
    if (!listed) {
      for (int i = 0; i < positions.length; i++) {
        Column column = batch.column(positions[i]);
        if (column.isNull(row)) {
          return Found.NONE;
        }
        into[i] = column.doubleAt(row);
      }
      return Probabilities.normalise(into) ? Found.PROBABILITIES : Found.WRONG;
    }
    ListColumn lists = (ListColumn) batch.column(positions[0]);
    if (lists.isNull(row)) {
      return Found.NONE;
    }
    int start = lists.start(row);
    if (lists.end(row) - start != into.length) {
      return Found.WRONG;
    }
    for (int i = 0; i < into.length; i++) {
      if (lists.elements().isNull(start + i)) {
        return Found.WRONG;
      }
      into[i] = lists.elements().doubleAt(start + i);
    }
    return Probabilities.normalise(into) ? Found.PROBABILITIES : Found.WRONG;
  }

  /** Returns the probabilities of physical row {@code row}; none if it holds something else. */
  Optional<double[]> read(Batch batch, int row) {
    int size = positions.length;
    if (listed) {
      ListColumn lists = (ListColumn) batch.column(positions[0]);
      size = lists.isNull(row) ? 0 : lists.end(row) - lists.start(row);
    }
    double[] found = new double[size];
    return read(batch, row, found) == Found.PROBABILITIES ? Optional.of(found) : Optional.empty();
  }

  /** Returns the name of the first field, for faults. */
  String name(Schema input) {
    return input.field(positions[0]).name();
  }
}
