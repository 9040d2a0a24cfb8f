package dev.quern.data;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The ordered, uniquely named fields of a sample. Immutable. */
public final class Schema implements Serializable {
  private static final long serialVersionUID = 1L;

  private final List<Field> fields;
  private final Map<String, Integer> positions;

  /**
   * Makes a schema.
   *
   * @throws IllegalArgumentException if two fields have one name
   */
  public Schema(List<Field> fields) {
    this.fields = List.copyOf(fields);
    Map<String, Integer> byName = new HashMap<>();
    for (int i = 0; i < this.fields.size(); i++) {
      if (byName.put(this.fields.get(i).name(), i) != null) {
        throw new IllegalArgumentException(
            "field names must be unique; found twice: field " + (i + 1));
      }
    }
    this.positions = byName;
  }

  /** Returns the schema of {@code fields}. */
  public static Schema of(Field... fields) {
    return new Schema(List.of(fields));
  }

  /** Returns the fields in order. */
  public List<Field> fields() {
    return fields;
  }

  /** Returns the number of fields. */
  public int size() {
    return fields.size();
  }

  /** Returns the field at {@code position}. */
  public Field field(int position) {
    return fields.get(position);
  }

  /** Returns the field called {@code name}. */
  public Optional<Field> field(String name) {
    Integer position = positions.get(name);
    return position == null ? Optional.empty() : Optional.of(fields.get(position));
  }

  /** Returns the position of the field called {@code name}, or -1. */
  public int indexOf(String name) {
    return positions.getOrDefault(name, -1);
  }

  /** Returns the names in order. */
  public List<String> names() {
    List<String> names = new ArrayList<>(fields.size());
    for (Field field : fields) {
      names.add(field.name());
    }
    return names;
  }

  /** Returns the first field with {@code role}. */
  public Optional<Field> first(Role role) {
    return fields.stream().filter(f -> f.is(role)).findFirst();
  }

  /**
   * Returns this schema with {@code field} in place of the field of the same name, or at the end.
   */
  public Schema with(Field field) {
    List<Field> changed = new ArrayList<>(fields);
    int position = indexOf(field.name());
    if (position < 0) {
      changed.add(field);
    } else {
      changed.set(position, field);
    }
    return new Schema(changed);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Schema schema && schema.fields.equals(fields);
  }

  @Override
  public int hashCode() {
    return fields.hashCode();
  }

  @Override
  public String toString() {
    return new Type.Struct(this).toString();
  }
}
