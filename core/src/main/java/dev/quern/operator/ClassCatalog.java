package dev.quern.operator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Operators by their classes, each with a static field {@code SPEC} and called as its class is
 * below {@code dev.quern}: {@code dev.quern.quality.ScoreFilter} is {@code quality.score_filter}. A
 * description is made when somebody asks for it: a run needs a few of many.
 */
public abstract class ClassCatalog implements Catalog {
  private static final String ROOT = "dev.quern.";

  private final Map<String, Class<?>> byName = new LinkedHashMap<>();

  /**
   * Makes a catalog.
   *
   * @param stages the classes of the operators, in the order of the documentation
   * @throws IllegalStateException if a name stands twice
   */
  @SafeVarargs
  protected ClassCatalog(List<Class<?>>... stages) {
    for (List<Class<?>> stage : stages) {
      for (Class<?> operator : stage) {
        if (byName.put(name(operator), operator) != null) {
          throw new IllegalStateException(
              "operator names must be unique; found twice: " + name(operator));
        }
      }
    }
  }

  @Override
  public final List<OperatorSpec> operators() {
    List<OperatorSpec> all = new ArrayList<>();
    for (Class<?> operator : byName.values()) {
      all.add(spec(operator));
    }
    return all;
  }

  @Override
  public final List<String> names() {
    return List.copyOf(byName.keySet());
  }

  @Override
  public final Optional<OperatorSpec> find(String name) {
    return Optional.ofNullable(byName.get(name)).map(ClassCatalog::spec);
  }

  private static String name(Class<?> operator) {
    String path = operator.getName();
    int stage = ROOT.length();
    StringBuilder name = new StringBuilder(path.substring(stage, path.indexOf('.', stage) + 1));
    String own = operator.getSimpleName();
    for (int i = 0; i < own.length(); i++) {
      char letter = own.charAt(i);
      if (Character.isUpperCase(letter) && i > 0) {
        name.append('_');
      }
      name.append(Character.toLowerCase(letter));
    }
    return name.toString();
  }

  private static OperatorSpec spec(Class<?> operator) {
    OperatorSpec spec = field(operator);
    if (spec == null || !spec.name().equals(name(operator))) {
      throw new IllegalStateException(
          operator.getName() + " must have a static field SPEC called " + name(operator));
    }
    return spec;
  }

  private static @Nullable OperatorSpec field(Class<?> operator) {
    try {
      return (OperatorSpec) operator.getField("SPEC").get(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          operator.getName() + " must be public and have a public static field SPEC", e);
    }
  }
}
