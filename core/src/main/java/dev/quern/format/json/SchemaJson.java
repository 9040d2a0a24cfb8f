package dev.quern.format.json;

import dev.quern.data.Field;
import dev.quern.data.Role;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A schema as plain values and back, roles and media types included, for any field name: {@code
 * [{"name": "age", "type": "long", "roles": ["label"], "media_type": "…"}]}; a list is {@code
 * {"list": type}}, a struct {@code {"struct": [fields]}}.
 */
public final class SchemaJson {
  private SchemaJson() {}

  /** Returns the plain values of {@code schema}. */
  public static List<Object> plain(Schema schema) {
    List<Object> fields = new ArrayList<>();
    for (Field field : schema.fields()) {
      Map<String, Object> plain = new LinkedHashMap<>();
      plain.put("name", field.name());
      plain.put("type", plain(field.type()));
      if (!field.roles().isEmpty()) {
        plain.put("roles", field.roles().stream().map(Role::written).toList());
      }
      field.mediaType().ifPresent(media -> plain.put("media_type", media));
      fields.add(plain);
    }
    return fields;
  }

  private static Object plain(Type type) {
    if (type instanceof Type.ListOf list) {
      return Map.of("list", plain(list.element()));
    }
    if (type instanceof Type.Struct struct) {
      return Map.of("struct", plain(struct.schema()));
    }
    return type.toString();
  }

  /**
   * Returns the schema of {@code plain}.
   *
   * @throws IllegalArgumentException if {@code plain} is none
   */
  public static Schema schema(@Nullable Object plain) {
    return schema(plain, 0);
  }

  private static Schema schema(@Nullable Object plain, int depth) {
    List<Field> fields = new ArrayList<>();
    for (Object part : Json.list(plain)) {
      Map<String, @Nullable Object> field = Json.object(part);
      EnumSet<Role> roles = EnumSet.noneOf(Role.class);
      if (field.get("roles") instanceof List<?> written) {
        for (Object role : written) {
          roles.add(
              Role.of(String.valueOf(role))
                  .orElseThrow(() -> new IllegalArgumentException("role must be known")));
        }
      }
      Optional<String> media =
          field.get("media_type") instanceof String text ? Optional.of(text) : Optional.empty();
      if (!(field.get("name") instanceof String name)) {
        throw new IllegalArgumentException("field must have a name");
      }
      fields.add(new Field(name, type(field.get("type"), depth), roles, media));
    }
    return new Schema(fields);
  }

  private static Type type(@Nullable Object plain, int depth) {
    if (depth > Type.MAX_DEPTH) {
      throw new IllegalArgumentException(
          "types must be nested at most " + Type.MAX_DEPTH + " deep");
    }
    if (plain instanceof String written) {
      return Type.parse(written);
    }
    Map<String, @Nullable Object> map = Json.object(plain);
    if (map.containsKey("list")) {
      return new Type.ListOf(type(map.get("list"), depth + 1));
    }
    return new Type.Struct(schema(map.get("struct"), depth + 1));
  }
}
