package dev.quern.testkit.crash;

import dev.quern.data.Digest;
import dev.quern.format.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a run came to, as its report and its folder tell: whatever must not depend on kills.
 *
 * @param parts by name: dataset, counts, checks, model and digests of what was set aside
 * @param sourceBytes size of the files it read from
 * @param readBytes of these, read this time
 * @param cached whether it found all its work done
 */
record RunOutcome(
    Map<String, @Nullable Object> parts, long sourceBytes, long readBytes, boolean cached) {
  /** What another run measures anew. */
  private static final Set<String> VARYING = Set.of("cpu_seconds", "run", "bytes_read");

  /** Reads the report of the newest run in {@code workspace}. */
  static RunOutcome newest(Path workspace) throws IOException {
    List<String> runs = Moment.runs(workspace);
    Path folder = workspace.resolve("runs").resolve(runs.get(runs.size() - 1));
    Map<String, @Nullable Object> report =
        Json.parseObject(Files.readString(folder.resolve("report.json"), StandardCharsets.UTF_8));
    Map<String, @Nullable Object> parts = new LinkedHashMap<>();
    for (String name :
        List.of("status", "dataset", "sources", "steps", "accounting", "checks", "profile")) {
      parts.put(name, plain(report.get(name)));
    }
    parts.put("learnt", plain(report.get("learnt")));
    parts.put("model", plain(report.get("model")));
    for (String name : List.of("dropped", "quarantine")) {
      parts.put(name, content(folder.resolve(name)));
    }
    long bytes = 0;
    for (Object source : Json.list(report.get("sources"))) {
      Map<String, @Nullable Object> one = Json.object(source);
      bytes += "dataset".equals(one.get("operator")) ? 0 : number(one.get("bytes"));
    }
    long read = number(Json.object(report.get("cost")).get("source_bytes_read"));
    boolean cached =
        Json.list(report.get("work")).stream()
            .allMatch(work -> "cached".equals(Json.object(work).get("status")));
    return new RunOutcome(parts, bytes, read, cached);
  }

  private static long number(@Nullable Object value) {
    return value instanceof Number number ? number.longValue() : 0;
  }

  private static @Nullable Object plain(@Nullable Object value) {
    if (value instanceof Map<?, ?>) {
      Map<String, @Nullable Object> kept = new TreeMap<>();
      Json.object(value)
          .forEach(
              (name, part) -> {
                if (!VARYING.contains(name)) {
                  kept.put(name, plain(part));
                }
              });
      return kept;
    }
    if (value instanceof List<?>) {
      List<@Nullable Object> all = new ArrayList<>();
      Json.list(value).forEach(part -> all.add(plain(part)));
      return all;
    }
    return value;
  }

  /** Returns a digest of all files in {@code folder}, one after the other. */
  private static String content(Path folder) throws IOException {
    var sha = Digest.sha256();
    long bytes = 0;
    for (Path file : Inventory.files(folder)) {
      byte[] content = Files.readAllBytes(file);
      sha.update(content);
      bytes += content.length;
    }
    return bytes + " bytes " + HexFormat.of().formatHex(sha.digest());
  }

  /** Returns the dataset's version, {@code 2-1f0c2a9b}. */
  String version() {
    return String.valueOf(Json.object(parts.get("dataset")).get("version"));
  }

  /** Returns the model's version, empty if none was trained. */
  String modelVersion() {
    return parts.get("model") == null
        ? ""
        : String.valueOf(Json.object(parts.get("model")).get("version"));
  }

  /**
   * Compares this with what an undisturbed run came to.
   *
   * @throws Misbehaviour if they differ; the message names the parts
   */
  void mustBe(RunOutcome undisturbed, String who) {
    List<String> different = new ArrayList<>();
    undisturbed.parts.forEach((name, part) -> differences(name, part, parts.get(name), different));
    if (!Boolean.TRUE.equals(Json.object(parts.get("accounting")).get("conserved"))) {
      different.add("accounting is not conserved");
    }
    if (!different.isEmpty()) {
      throw new Misbehaviour(
          who + " must come to what an undisturbed run comes to; found: " + different);
    }
  }

  private static void differences(
      String at, @Nullable Object wanted, @Nullable Object found, List<String> all) {
    if (wanted instanceof Map<?, ?> && found instanceof Map<?, ?>) {
      Map<String, @Nullable Object> left = Json.object(wanted);
      Map<String, @Nullable Object> right = Json.object(found);
      left.forEach((name, part) -> differences(at + "." + name, part, right.get(name), all));
      right.keySet().stream()
          .filter(name -> !left.containsKey(name))
          .forEach(name -> all.add(at + "." + name + " is new"));
    } else if (wanted instanceof List<?> left
        && found instanceof List<?> right
        && left.size() == right.size()) {
      for (int i = 0; i < left.size(); i++) {
        differences(at + "." + i, left.get(i), right.get(i), all);
      }
    } else if (!java.util.Objects.equals(wanted, found)) {
      all.add(at + ": " + wanted + " became " + found);
    }
  }
}
