package dev.quern.train;

import dev.quern.data.Column;
import dev.quern.data.Field;
import dev.quern.data.Slice;
import dev.quern.data.Type;
import dev.quern.engine.DataException;
import dev.quern.feature.Numbers;
import dev.quern.statistics.Moments;
import dev.quern.statistics.TextCounts;
import dev.quern.tensor.Loss;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What the train split tells of the target. */
final class TargetSurvey {
  /** More classes are a mistake in the recipe, and a layer that fills the memory. */
  private static final int MOST_CLASSES = 10_000;

  private final Field field;
  private final Settings settings;
  private final TargetKind kind;
  private final Moments moments = new Moments();
  private final TextCounts counts = new TextCounts();
  private final Slice slice = new Slice();

  TargetSurvey(Field field, Settings settings) {
    this.field = field;
    this.settings = settings;
    this.kind = TargetKind.of(field, settings.loss());
  }

  void add(Column column, int row) {
    if (kind == TargetKind.NUMBER) {
      moments.add(Numbers.at(column, row));
      return;
    }
    written(column, row, slice);
    counts.add(slice.bytes, slice.start, slice.end, 1);
    if (counts.distinct() > MOST_CLASSES) {
      throw new DataException(
          "too_many_classes",
          "target "
              + field.name()
              + " must have at most "
              + MOST_CLASSES
              + " classes in train; found: more; choose another target or group its values");
    }
  }

  /** Points {@code into} at the written form of a class. */
  static void written(Column column, int row, Slice into) {
    if (column.type().equals(Type.TEXT)) {
      column.sliceAt(row, into);
      return;
    }
    String text =
        column.type().equals(Type.BOOL)
            ? Boolean.toString(column.boolAt(row))
            : Long.toString(column.longAt(row));
    byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
    into.set(ascii, 0, ascii.length);
  }

  Target target() {
    if (kind == TargetKind.NUMBER) {
      double deviation = moments.deviation();
      boolean usable = deviation > 0 && !Double.isInfinite(deviation);
      return new NumberTarget(field, moments.mean(), usable ? deviation : 1);
    }
    List<String> classes = new ArrayList<>();
    List<Long> samples = new ArrayList<>();
    counts.forEach(
        (bytes, start, end, count) -> {
          classes.add(new String(bytes, start, end - start, StandardCharsets.UTF_8));
          samples.add(count);
        });
    return new ClassTarget(
        field, new SortedTexts(classes), samples, positive(classes), loss(classes));
  }

  private Loss loss(List<String> classes) {
    if (classes.size() < 2) {
      throw new DataException(
          "too_few_classes",
          "target "
              + field.name()
              + " must have at least 2 classes in train; found: "
              + classes.size()
              + "; give train samples of other classes");
    }
    return switch (settings.loss()) {
      case CATEGORICAL_CROSS_ENTROPY -> Loss.CATEGORICAL_CROSS_ENTROPY;
      case BINARY_CROSS_ENTROPY -> {
        if (classes.size() > 2) {
          throw new DataException(
              "too_many_classes",
              "target "
                  + field.name()
                  + " must have 2 classes for loss: binary_cross_entropy; found: "
                  + classes.size()
                  + "; use categorical_cross_entropy");
        }
        yield Loss.BINARY_CROSS_ENTROPY;
      }
      case AUTO, MSE ->
          classes.size() == 2 ? Loss.BINARY_CROSS_ENTROPY : Loss.CATEGORICAL_CROSS_ENTROPY;
    };
  }

  private int positive(List<String> classes) {
    if (settings.positive().isEmpty()) {
      return 1;
    }
    int position = classes.indexOf(settings.positive().get());
    if (position < 0 || classes.size() > 2) {
      throw new DataException(
          "no_such_class",
          "positive must be one of the two classes of target "
              + field.name()
              + "; found: "
              + (position < 0 ? "another value" : classes.size() + " classes"));
    }
    return position;
  }
}
