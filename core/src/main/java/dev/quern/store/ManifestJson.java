package dev.quern.store;

import dev.quern.data.Split;
import dev.quern.engine.DataException;
import dev.quern.engine.Shard;
import dev.quern.format.json.Json;
import dev.quern.format.json.SchemaJson;
import dev.quern.format.json.SealedJson;
import dev.quern.operator.Fit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Manifests as JSON and back. */
final class ManifestJson {
  /** Raised when a reader of the old form would misunderstand the new one. */
  private static final long FORM = 1;

  private ManifestJson() {}

  static String write(Manifest manifest) {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    plain.put("form", FORM);
    plain.put("dataset", manifest.dataset());
    plain.put("version", manifest.version());
    plain.put("digest", manifest.digest());
    plain.put("samples", manifest.samples());
    plain.put("bytes", manifest.bytes());
    Map<String, @Nullable Object> splits = new LinkedHashMap<>();
    manifest.splits().forEach((split, samples) -> splits.put(split.written(), samples));
    plain.put("splits", splits);
    plain.put("recipe", manifest.recipe());
    plain.put("recipe_digest", manifest.recipeDigest());
    plain.put("run", manifest.run());
    plain.put("created", manifest.created());
    plain.put("previous", manifest.previous().orElse(null));
    plain.put("parents", manifest.parents());
    plain.put("schema", SchemaJson.plain(manifest.schema()));
    plain.put("shards", manifest.shards().stream().map(ManifestJson::plain).toList());
    Map<String, @Nullable Object> fits = new LinkedHashMap<>();
    new TreeMap<>(manifest.fits()).forEach((key, learnt) -> fits.put(key, plain(learnt)));
    plain.put("fits", fits);
    plain.put("profile", manifest.profile());
    plain.put("states", manifest.states().stream().map(ManifestJson::plain).toList());
    plain.put("metrics", manifest.metrics());
    if (!manifest.tombstones().isEmpty()) {
      plain.put("tombstones", manifest.tombstones().stream().map(Tombstone::plain).toList());
    }
    return SealedJson.pretty(plain);
  }

  private static Map<String, @Nullable Object> plain(Shard shard) {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    plain.put("path", shard.path());
    plain.put("sha256", shard.sha256());
    plain.put("samples", shard.samples());
    plain.put("bytes", shard.bytes());
    return plain;
  }

  private static Map<String, @Nullable Object> plain(Manifest.State state) {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    plain.put("operator", state.operator());
    plain.put("revision", (long) state.revision());
    plain.put("parameters", Json.parse(state.parameters()));
    plain.put("file", plain(state.file()));
    return plain;
  }

  static Map<String, @Nullable Object> plain(Manifest.Learnt learnt) {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    plain.put("step", learnt.step());
    plain.put("operator", learnt.operator());
    plain.put("values", learnt.fit().values());
    return plain;
  }

  /**
   * Reads a manifest.
   *
   * @param where the file, relative to the workspace, for messages
   * @throws DataException if it is damaged or of a newer form
   */
  static Manifest read(Path file, String where) throws IOException {
    try {
      return manifest(SealedJson.read(file), where);
    } catch (IllegalArgumentException e) {
      throw StoredJson.damaged(where, "a manifest", e);
    }
  }

  private static Manifest manifest(Map<String, @Nullable Object> plain, String where) {
    long form = number(plain, "form");
    if (form != FORM) {
      throw new DataException(
          "form_unknown",
          where
              + " must be of form "
              + FORM
              + "; found: "
              + form
              + "; use the newer program that wrote it");
    }
    List<Shard> shards = new ArrayList<>();
    for (Object part : Json.list(plain.get("shards"))) {
      shards.add(shard(Json.object(part)));
    }
    total(shards, "samples", Shard::samples);
    total(shards, "bytes", Shard::bytes);
    Map<Split, Long> splits = new EnumMap<>(Split.class);
    Map<String, @Nullable Object> written = Json.object(plain.get("splits"));
    for (String name : written.keySet()) {
      Split split =
          Split.of(name).orElseThrow(() -> new IllegalArgumentException("split must be known"));
      splits.put(split, number(written, name));
    }
    List<String> parents = new ArrayList<>();
    Json.list(plain.get("parents")).forEach(parent -> parents.add(String.valueOf(parent)));
    Map<String, Manifest.Learnt> fits = new LinkedHashMap<>();
    Json.object(plain.get("fits")).forEach((key, learnt) -> fits.put(key, learnt(learnt)));
    return new Manifest(
        text(plain, "dataset"),
        text(plain, "version"),
        text(plain, "digest"),
        SchemaJson.schema(plain.get("schema")),
        shards,
        splits,
        text(plain, "recipe"),
        text(plain, "recipe_digest"),
        text(plain, "run"),
        text(plain, "created"),
        plain.get("previous") instanceof String previous ? Optional.of(previous) : Optional.empty(),
        parents,
        fits,
        Json.object(plain.get("profile")),
        states(plain.get("states")),
        plain.get("metrics") == null ? Map.of() : Json.object(plain.get("metrics")),
        tombstones(plain.get("tombstones")));
  }

  private static Shard shard(Map<String, @Nullable Object> shard) {
    return new Shard(
        path(shard), text(shard, "sha256"), number(shard, "samples"), number(shard, "bytes"));
  }

  /** Versions that were written before states were stored have none. */
  private static List<Manifest.State> states(@Nullable Object plain) {
    List<Manifest.State> states = new ArrayList<>();
    for (Object part : plain == null ? List.of() : Json.list(plain)) {
      Map<String, @Nullable Object> state = Json.object(part);
      states.add(
          new Manifest.State(
              text(state, "operator"),
              revision(state),
              Json.canonical(state.get("parameters")),
              shard(Json.object(state.get("file")))));
    }
    return states;
  }

  private static List<Tombstone> tombstones(@Nullable Object plain) {
    List<Tombstone> tombstones = new ArrayList<>();
    for (Object one : plain == null ? List.of() : Json.list(plain)) {
      tombstones.add(Tombstone.of(Json.object(one)));
    }
    return tombstones;
  }

  /** Totals that no long holds were not written by us. */
  private static void total(List<Shard> shards, String name, ToLongFunction<Shard> size) {
    long left = Long.MAX_VALUE;
    for (Shard shard : shards) {
      left -= size.applyAsLong(shard);
      if (left < 0) {
        throw new IllegalArgumentException(name + " of all shards must be below 2^63");
      }
    }
  }

  private static int revision(Map<String, @Nullable Object> state) {
    long revision = number(state, "revision");
    if (revision > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("revision must be up to " + Integer.MAX_VALUE);
    }
    return (int) revision;
  }

  /** Shards lie in the workspace: a path out of it was not written by us. */
  private static String path(Map<String, @Nullable Object> shard) {
    String path = text(shard, "path");
    if (!path.matches("[A-Za-z0-9._/-]+") || path.startsWith("/") || path.contains("..")) {
      throw new IllegalArgumentException("path must lie in the workspace");
    }
    return path;
  }

  static Manifest.Learnt learnt(@Nullable Object value) {
    Map<String, @Nullable Object> plain = Json.object(value);
    return new Manifest.Learnt(
        text(plain, "step"), text(plain, "operator"), new Fit(Json.object(plain.get("values"))));
  }

  static String text(Map<String, @Nullable Object> plain, String key) {
    if (plain.get(key) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException(key + " must be a text");
  }

  static long number(Map<String, @Nullable Object> plain, String key) {
    if (plain.get(key) instanceof Long number && number >= 0) {
      return number;
    }
    throw new IllegalArgumentException(key + " must be a whole number from 0");
  }
}
