package dev.quern.data;

import java.io.Serializable;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A named typed value of a sample.
 *
 * @param name unique in its schema, not empty
 * @param type the type of its values; every field may be null
 * @param roles what the field means, in the order of {@link Role}
 * @param mediaType for example {@code image/jpeg}, where all values have the same
 */
public record Field(String name, Type type, Set<Role> roles, Optional<String> mediaType)
    implements Serializable {
  public Field {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("field name must not be empty");
    }
    EnumSet<Role> ordered = EnumSet.noneOf(Role.class);
    ordered.addAll(roles);
    roles = Collections.unmodifiableSet(ordered);
  }

  /** Returns a field without roles. */
  public static Field of(String name, Type type) {
    return new Field(name, type, Set.of(), Optional.empty());
  }

  /** Returns this field under another name. */
  public Field named(String newName) {
    return new Field(newName, type, roles, mediaType);
  }

  /** Returns this field with another type. */
  public Field typed(Type newType) {
    return new Field(name, newType, roles, mediaType);
  }

  /** Returns this field with {@code role} added. */
  public Field with(Role role) {
    EnumSet<Role> more = EnumSet.of(role);
    more.addAll(roles);
    return new Field(name, type, more, mediaType);
  }

  // As of types: schemas are compared in every start.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Field field
        && name.equals(field.name)
        && type.equals(field.type)
        && roles.equals(field.roles)
        && mediaType.equals(field.mediaType);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + type.hashCode();
  }

  /** Returns whether this field has {@code role}. */
  public boolean is(Role role) {
    return roles.contains(role);
  }
}
