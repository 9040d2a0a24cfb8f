package dev.quern.contract;

import dev.quern.recipe.Located;
import java.util.List;
import java.util.Optional;

/** Takes values out of a contract. */
final class Values {
  private Values() {}

  /** Returns a scalar as text. */
  static Optional<String> text(Located.Mapping mapping, String key) {
    return mapping.find(key).map(Located::plain).map(String::valueOf);
  }

  /** Returns the name of a schema object or a property. */
  static Optional<String> name(Located.Mapping mapping) {
    return text(mapping, "name");
  }

  static Optional<Double> number(Located.Mapping mapping, String key) {
    return mapping
        .find(key)
        .map(Located::plain)
        .filter(Number.class::isInstance)
        .map(value -> ((Number) value).doubleValue());
  }

  static boolean isTrue(Located.Mapping mapping, String key) {
    return mapping.find(key).map(Located::plain).filter(Boolean.TRUE::equals).isPresent();
  }

  /** Returns the parts of a list, none where there is no list. */
  static List<Located> list(Located.Mapping mapping, String key) {
    return mapping.find(key).orElse(null) instanceof Located.Sequence list
        ? list.parts()
        : List.of();
  }

  static Optional<Located.Mapping> map(Located.Mapping mapping, String key) {
    return mapping
        .find(key)
        .filter(Located.Mapping.class::isInstance)
        .map(Located.Mapping.class::cast);
  }
}
