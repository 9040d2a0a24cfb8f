package dev.quern.train;

import dev.quern.data.Column;
import dev.quern.data.Field;
import dev.quern.data.Slice;
import dev.quern.data.Type;
import dev.quern.feature.Numbers;
import dev.quern.statistics.Moments;
import dev.quern.statistics.TextCounts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What the train split tells of one field; the same whatever the order of samples. */
final class FieldSurvey {
  /** A longer text is no category (bytes). */
  private static final int LONGEST_CATEGORY = 128;

  private final Field field;
  private final int position;
  private final int maxCategories;
  private final Moments moments = new Moments();
  private final Slice slice = new Slice();
  private TextCounts counts = new TextCounts();
  private boolean free;
  private long missing;

  FieldSurvey(Field field, int position, int maxCategories) {
    this.field = field;
    this.position = position;
    this.maxCategories = maxCategories;
  }

  Field field() {
    return field;
  }

  int position() {
    return position;
  }

  void add(Column column, int row) {
    if (!field.type().equals(Type.TEXT)) {
      double number = Numbers.at(column, row);
      if (Double.isNaN(number)) {
        missing++;
      } else {
        moments.add(number);
      }
    } else if (column.isNull(row)) {
      missing++;
    } else if (!free) {
      column.sliceAt(row, slice);
      if (slice.length() > LONGEST_CATEGORY) {
        becomeFree();
        return;
      }
      counts.add(slice.bytes, slice.start, slice.end, 1);
      if (counts.distinct() > maxCategories) {
        becomeFree();
      }
    }
  }

  /** Once too many, always too many: the outcome does not depend on when it was seen. */
  private void becomeFree() {
    free = true;
    counts = new TextCounts();
  }

  boolean isText() {
    return field.type().equals(Type.TEXT);
  }

  boolean isFreeText() {
    return isText() && (free || 2L * counts.distinct() > counts.total());
  }

  /** Returns whether all samples say the same, so that nothing can be learnt from the field. */
  boolean isConstant() {
    if (isText()) {
      return !free && counts.distinct() + (missing > 0 ? 1 : 0) < 2;
    }
    return moments.count() == 0 || (moments.deviation() == 0 && missing == 0);
  }

  long missing() {
    return missing;
  }

  NumberInput number() {
    double deviation = moments.deviation();
    boolean usable = deviation > 0 && !Double.isInfinite(deviation);
    return new NumberInput(
        field.name(),
        position,
        moments.mean(),
        usable ? deviation : 1,
        missing > 0 ? NumberInput.Missing.TOLD : NumberInput.Missing.AS_MEAN);
  }

  CategoryInput categories() {
    List<String> common = new ArrayList<>();
    boolean[] rare = new boolean[1];
    counts.forEach(
        (bytes, start, end, count) -> {
          if (count >= 2) {
            common.add(new String(bytes, start, end - start, StandardCharsets.UTF_8));
          } else {
            rare[0] = true;
          }
        });
    int next = common.size();
    int missingSlot = missing > 0 ? next++ : -1;
    int otherSlot = rare[0] ? next++ : -1;
    return new CategoryInput(
        field.name(), position, new SortedTexts(common), missingSlot, otherSlot, next);
  }
}
