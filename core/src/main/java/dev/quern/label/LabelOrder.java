package dev.quern.label;

import java.util.Comparator;
import java.util.List;

/** The order of labels: as numbers where all of them are, else as texts. */
public final class LabelOrder {
  private LabelOrder() {}

  /** Returns the order of the labels that {@code coincidences} has seen. */
  static Comparator<String> of(Coincidences coincidences) {
    boolean numbers =
        coincidences.items().keySet().stream().allMatch(l -> l.stream().allMatch(LabelOrder::is));
    return of(numbers);
  }

  /** Returns the order of {@code labels}. */
  public static Comparator<String> of(Iterable<String> labels) {
    boolean numbers = true;
    for (String label : labels) {
      numbers &= is(label);
    }
    return of(numbers);
  }

  private static Comparator<String> of(boolean numbers) {
    Comparator<String> texts = Comparator.naturalOrder();
    return numbers
        ? Comparator.<String>comparingDouble(Double::parseDouble).thenComparing(texts)
        : texts;
  }

  /** Returns ordered labels as numbers; their places where one of them is none. */
  public static double[] values(List<String> ordered) {
    boolean numbers = ordered.stream().allMatch(LabelOrder::is);
    double[] values = new double[ordered.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = numbers ? Double.parseDouble(ordered.get(i)) : i;
    }
    return values;
  }

  private static boolean is(String label) {
    if (label.isEmpty() || label.length() > 40) {
      return false;
    }
    for (int i = 0; i < label.length(); i++) {
      char c = label.charAt(i);
      if ((c < '0' || c > '9') && "+-.eE".indexOf(c) < 0) {
        return false;
      }
    }
    try {
      return Double.isFinite(Double.parseDouble(label));
    } catch (NumberFormatException e) {
      return false; // A text such as "e-": no number.
    }
  }
}
