package dev.quern.quality.profile;

import dev.quern.operator.Metric;
import dev.quern.statistics.TextCounts;
import java.nio.charset.StandardCharsets;

/** What is told of the shapes of texts. */
final class TextMetrics {
  private static final int FREQUENT = 10;

  /** Below this many samples no mask is rare. */
  private static final long FORMATTED = 50;

  private final Shapes shapes;
  private final long present;
  private final Told told;
  private final long[] formats = new long[Formats.values().length];
  private long common;
  private long rare;

  TextMetrics(Shapes shapes, long present, Told told) {
    this.shapes = shapes;
    this.present = present;
    this.told = told;
  }

  void describe() {
    TextCounts masks = shapes.masks();
    if (masks != null) {
      masks.top(
          FREQUENT,
          (bytes, start, end, count) ->
              told.shared("masks", mask(bytes, start, end), count, Metric.Precision.EXACT));
      masks.forEachUnsorted(this::classify);
      for (Formats format : Formats.values()) {
        told.shared("formats", format.written(), formats[format.ordinal()], exact());
      }
      suspect();
    }
    for (Script script : Script.values()) {
      told.shared("scripts", script.written(), shapes.scripts[script.ordinal()], exact());
    }
    suspicious("control_characters", shapes.flawed(Mask.Flaw.CONTROL));
    suspicious("mojibake", shapes.flawed(Mask.Flaw.MOJIBAKE));
    suspicious("padded", shapes.flawed(Mask.Flaw.PADDED));
    suspicious("blank", shapes.flawed(Mask.Flaw.BLANK));
  }

  private static Metric.Precision exact() {
    return Metric.Precision.EXACT;
  }

  private void classify(byte[] bytes, int start, int end, long count, long hash) {
    formats[Formats.of(mask(bytes, start, end)).ordinal()] += count;
    if (20 * count >= present) {
      common += count;
    } else if (count == 1 || 200 * count <= present) {
      rare += count;
    }
  }

  private static String mask(byte[] bytes, int start, int end) {
    return new String(bytes, start, end - start, StandardCharsets.UTF_8);
  }

  private void suspect() {
    long units = formats[Formats.NUMBER_WITH_UNIT.ordinal()];
    long numbers = formats[Formats.NUMBER.ordinal()] + units;
    if (10 * numbers >= 8 * present) {
      suspicious("number_with_unit", units);
      suspicious("not_a_number", present - numbers);
    }
    long dates = formats[Formats.DATE.ordinal()];
    if (10 * dates >= 8 * present) {
      suspicious("not_a_date", present - dates);
    }
    if (present >= FORMATTED && 20 * common >= 19 * present) {
      suspicious("rare_mask", rare);
    }
  }

  /** A count gives no value away. */
  private void suspicious(String what, long samples) {
    if (samples > 0) {
      told.samples("suspicious", what, samples);
    }
  }
}
