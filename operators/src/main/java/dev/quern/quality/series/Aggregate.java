package dev.quern.quality.series;

import dev.quern.data.Type;
import java.util.Locale;
import java.util.Optional;

/** How values become one. */
public enum Aggregate {
  MEAN,
  SUM,
  FIRST,
  LAST,
  MIN,
  MAX,
  COUNT;

  /** Returns the one whose written form is {@code name}. */
  public static Optional<Aggregate> of(String name) {
    for (Aggregate one : values()) {
      if (one.name().toLowerCase(Locale.ROOT).equals(name)) {
        return Optional.of(one);
      }
    }
    return Optional.empty();
  }

  /** Returns whether values of {@code type} have this aggregate. */
  public boolean fits(Type type) {
    return switch (this) {
      case FIRST, LAST, COUNT -> true;
      case MEAN, SUM, MIN, MAX ->
          switch (type.kind()) {
            case LONG, DOUBLE, FLOAT -> true;
            case TEXT, DECIMAL, BOOL, TIMESTAMP, DATE, BYTES, LIST, STRUCT -> false;
          };
    };
  }

  /** Returns the type of this aggregate of values of {@code type}. */
  public Type type(Type type) {
    return switch (this) {
      case MEAN, SUM -> Type.DOUBLE;
      case COUNT -> Type.LONG;
      case FIRST, LAST, MIN, MAX -> type;
    };
  }
}
