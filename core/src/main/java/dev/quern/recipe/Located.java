package dev.quern.recipe;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A value of a YAML document that knows where it is written. Immutable. */
public sealed interface Located {

  /** Returns where the value begins. */
  Position place();

  /** Returns the value as Map (in written order), List, String, Long, Double, Boolean or null. */
  @Nullable Object plain();

  /** Returns what kind of value this is, as messages say it. */
  String kind();

  /**
   * A value without parts.
   *
   * @param place where it begins
   * @param plain a String, Long, Double, Boolean or null
   */
  record Scalar(Position place, @Nullable Object plain) implements Located {
    @Override
    public String kind() {
      if (plain == null) {
        return "nothing";
      }
      return plain instanceof String ? "a text" : plain instanceof Boolean ? "a bool" : "a number";
    }
  }

  /**
   * A list.
   *
   * @param place where it begins
   * @param parts its values
   */
  record Sequence(Position place, List<Located> parts) implements Located {
    public Sequence {
      parts = List.copyOf(parts);
    }

    @Override
    public @Nullable Object plain() {
      List<@Nullable Object> plain = new ArrayList<>();
      parts.forEach(part -> plain.add(part.plain()));
      return plain;
    }

    @Override
    public String kind() {
      return "a list";
    }
  }

  /**
   * A map from texts.
   *
   * @param place where it begins
   * @param entries by key, in written order
   */
  record Mapping(Position place, Map<String, Entry> entries) implements Located {
    public Mapping {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    @Override
    public @Nullable Object plain() {
      return plainMap();
    }

    /** Returns the plain values by key, in written order. */
    public Map<String, @Nullable Object> plainMap() {
      Map<String, @Nullable Object> plain = new LinkedHashMap<>();
      entries.forEach((key, entry) -> plain.put(key, entry.value().plain()));
      return plain;
    }

    /** Returns where {@code key} stands, or the map if it has no such key. */
    public Position keyPlace(String key) {
      Entry entry = entries.get(key);
      return entry == null ? place : entry.keyPlace();
    }

    /** Returns the value of {@code key}; a key without a value counts as absent. */
    public Optional<Located> find(String key) {
      return Optional.ofNullable(entries.get(key))
          .map(Entry::value)
          .filter(value -> !(value instanceof Scalar scalar && scalar.plain() == null));
    }

    @Override
    public String kind() {
      return "a map";
    }
  }

  /**
   * A key and its value.
   *
   * @param keyPlace where the key begins
   * @param value the value
   */
  record Entry(Position keyPlace, Located value) {}

  /**
   * Returns where the value below this one begins that {@code path} leads to (keys of maps, numbers
   * of lists), or where the last value on the way begins if there is none.
   */
  default Position place(String... path) {
    Located at = this;
    for (String part : path) {
      Optional<Located> next =
          at instanceof Mapping mapping
              ? mapping.find(part)
              : at instanceof Sequence sequence ? numbered(sequence, part) : Optional.empty();
      if (next.isEmpty()) {
        break;
      }
      at = next.get();
    }
    return at.place();
  }

  private static Optional<Located> numbered(Sequence sequence, String part) {
    boolean number =
        !part.isEmpty() && part.length() < 9 && part.chars().allMatch(Character::isDigit);
    int index = number ? Integer.parseInt(part) : sequence.parts().size();
    return index < sequence.parts().size()
        ? Optional.of(sequence.parts().get(index))
        : Optional.empty();
  }
}
