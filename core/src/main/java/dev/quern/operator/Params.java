package dev.quern.operator;

import dev.quern.format.json.Json;
import dev.quern.text.Suggestion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checked values of an operator's parameters. Immutable. */
public final class Params {
  private final Map<String, Object> values;
  private final Map<String, Object> plain;

  private Params(Map<String, Object> values, Map<String, Object> plain) {
    this.values = values;
    this.plain = plain;
  }

  /**
   * A parameter that breaks its rule.
   *
   * @param param name of the parameter at fault
   * @param path what leads to the part at fault, as in {@link Misfits}; empty for the whole value
   * @param message {@code must be rule (unit); found: value}, or what is missing or unknown; of a
   *     part it begins with the name of the part
   */
  public record Problem(String param, List<String> path, String message) {
    /** A parameter that breaks its rule as a whole. */
    public Problem(String param, String message) {
      this(param, List.of(), message);
    }
  }

  /**
   * Checks the plain values of a recipe against {@code params}; every problem is added to {@code
   * problems}.
   *
   * @return the parameters, or empty if there were problems
   */
  public static Optional<Params> read(
      List<Param<?>> params, Map<String, @Nullable Object> given, List<Problem> problems) {
    int before = problems.size();
    Map<String, Object> values = new LinkedHashMap<>();
    Map<String, Object> plain = new LinkedHashMap<>();
    List<String> known = new ArrayList<>();
    params.forEach(p -> known.add(p.name()));
    Set<String> misspelt = misspelt(given.keySet(), known);
    for (Param<?> param : params) {
      if (!misspelt.contains(param.name())) {
        read(param, given, values, plain, problems);
      }
    }
    for (String name : given.keySet()) {
      if (!known.contains(name)) {
        problems.add(
            new Problem(
                name,
                "is no parameter"
                    + Suggestion.of(name, known)
                    + "; known: "
                    + String.join(", ", known)));
      }
    }
    return problems.size() == before ? Optional.of(new Params(values, plain)) : Optional.empty();
  }

  /** Returns the parameters that unknown names stand for: one mistake is told once. */
  private static Set<String> misspelt(Set<String> given, List<String> known) {
    Set<String> misspelt = new HashSet<>();
    for (String name : given) {
      if (!known.contains(name)) {
        known.stream()
            .filter(k -> !given.contains(k))
            .filter(k -> !Suggestion.of(name, List.of(k)).isEmpty())
            .forEach(misspelt::add);
      }
    }
    return misspelt;
  }

  private static <T> void read(
      Param<T> param,
      Map<String, @Nullable Object> given,
      Map<String, Object> values,
      Map<String, Object> plain,
      List<Problem> problems) {
    Object found = given.get(param.name());
    T value = param.fallback();
    if (found != null) {
      try {
        value = param.parse().apply(found);
      } catch (Misfits e) {
        e.parts()
            .forEach(one -> problems.add(new Problem(param.name(), one.path(), one.message())));
        return;
      } catch (IllegalArgumentException e) {
        String unit = param.unit().equals("-") ? "" : " (" + param.unit() + ")";
        String shown =
            param.kind() == Param.Kind.SECRET ? "something else, not shown" : Json.write(found);
        problems.add(
            new Problem(param.name(), "must be " + param.rule() + unit + "; found: " + shown));
        return;
      }
    } else if (param.necessity() == Param.Necessity.REQUIRED) {
      problems.add(
          new Problem(param.name(), "must be given: " + param.rule() + "; found: nothing"));
      return;
    }
    if (value != null) {
      values.put(param.name(), value);
      plain.put(param.name(), param.write().apply(value));
    }
  }

  /** Returns the value of a required or defaulted parameter. */
  @SuppressWarnings("unchecked")
  public <T> T get(Param<T> param) {
    Object value = values.get(param.name());
    if (value == null) {
      throw new IllegalStateException("parameter must have a value: " + param.name());
    }
    return (T) value;
  }

  /** Returns the value of an optional parameter. */
  @SuppressWarnings("unchecked")
  public <T> Optional<T> find(Param<T> param) {
    return Optional.ofNullable((T) values.get(param.name()));
  }

  /** Returns the values as plain values by name, defaults included. */
  public Map<String, Object> plain() {
    return plain;
  }

  /** Returns the values as canonical JSON, as tasks carry them. */
  public String canonical() {
    return Json.canonical(plain);
  }
}
