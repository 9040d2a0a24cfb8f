package dev.quern.cli;

import dev.quern.data.Field;
import dev.quern.data.Role;
import dev.quern.data.Schema;
import dev.quern.format.json.Json;
import dev.quern.store.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Versions of datasets as plain values, for JSON. */
final class Manifests {
  private Manifests() {}

  static Map<String, @Nullable Object> plain(Manifest manifest) {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    plain.put("name", manifest.dataset());
    plain.put("version", manifest.version());
    plain.put("digest", manifest.digest());
    plain.put("samples", manifest.samples());
    plain.put("bytes", manifest.bytes());
    plain.put("shards", manifest.shards().size());
    plain.put("splits", splits(manifest));
    plain.put("recipe", manifest.recipe());
    plain.put("recipe_digest", manifest.recipeDigest());
    plain.put("run", manifest.run());
    plain.put("created", manifest.created());
    plain.put("previous", manifest.previous().orElse(null));
    plain.put("parents", manifest.parents());
    plain.put("schema", fields(manifest.schema()));
    plain.put("profile", manifest.profile());
    List<Object> states = new ArrayList<>();
    for (Manifest.State state : manifest.states()) {
      Map<String, @Nullable Object> one = new LinkedHashMap<>();
      one.put("operator", state.operator());
      one.put("parameters", Json.parse(state.parameters()));
      one.put("sha256", state.file().sha256());
      one.put("bytes", state.file().bytes());
      states.add(one);
    }
    plain.put("states", states);
    return plain;
  }

  static Map<String, Long> splits(Manifest manifest) {
    Map<String, Long> splits = new LinkedHashMap<>();
    manifest
        .splits()
        .forEach(
            (split, count) -> {
              if (count > 0) {
                splits.put(split.written(), count);
              }
            });
    return splits;
  }

  static List<Map<String, @Nullable Object>> fields(Schema schema) {
    List<Map<String, @Nullable Object>> fields = new ArrayList<>();
    for (Field field : schema.fields()) {
      Map<String, @Nullable Object> one = new LinkedHashMap<>();
      one.put("name", field.name());
      one.put("type", field.type().toString());
      one.put("roles", field.roles().stream().map(Role::written).toList());
      fields.add(one);
    }
    return fields;
  }
}
