package dev.quern.store;

import dev.quern.data.Digest;
import dev.quern.data.Field;
import dev.quern.data.Role;
import dev.quern.data.Schema;
import dev.quern.data.Split;
import dev.quern.data.Type;
import dev.quern.engine.Shard;
import dev.quern.operator.Fit;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Versions with little but true content, and a program that publishes them. */
final class TestVersions {
  static final Schema SCHEMA =
      Schema.of(
          new Field("年龄", Type.LONG, Set.of(Role.LABEL, Role.SENSITIVE), Optional.empty()),
          new Field("photo", Type.BYTES, Set.of(Role.IMAGE), Optional.of("image/png")),
          Field.of("tags", Type.list(Type.struct(Schema.of(Field.of("a b: c", Type.TEXT))))),
          Field.of("price", Type.decimal(10, 2)));

  private TestVersions() {}

  /** Returns a version, not yet published, whose samples and shard are {@code content}. */
  static Manifest version(Workspace workspace, String dataset, String content, String recipe)
      throws IOException {
    String sha = Digest.ofText(content);
    Path file = workspace.shards().resolve(sha + ".parquet");
    Files.writeString(file, content, StandardCharsets.UTF_8);
    Map<Split, Long> splits = new EnumMap<>(Split.class);
    splits.put(Split.TRAIN, 3L);
    splits.put(Split.TEST, 1L);
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("mean", 0.1);
    values.put("words", Arrays.asList("a", null, "文"));
    Map<String, Object> profile = new LinkedHashMap<>();
    profile.put("年龄", Map.of("nulls", 2L));
    return new Manifest(
        dataset,
        "",
        Digest.ofText("samples " + content),
        SCHEMA,
        List.of(new Shard(file.toString(), sha, 4, Files.size(file))),
        splits,
        "recipe",
        Digest.ofText(recipe),
        "20260101-000000-000",
        "2026-01-01T00:00:00Z",
        Optional.empty(),
        List.of("raw@1-00000000"),
        Map.of("k1", new Manifest.Learnt("02-quality.impute", "quality.impute", new Fit(values))),
        profile);
  }

  /**
   * Starts a process of its own that runs {@link #main}.
   *
   * @param arguments workspace, what to do, name of the writer, number of versions
   */
  static Process start(Path workspace, String... arguments) throws IOException {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ProcessBuilder builder =
        new ProcessBuilder(
            java,
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx64m",
            "-cp",
            classPath,
            TestVersions.class.getName(),
            workspace.toString());
    builder.command().addAll(List.of(arguments));
    return builder.redirectErrorStream(true).start();
  }

  /** Waits until {@code process} has said {@code line}. */
  static void await(Process process, String line) throws IOException {
    List<String> said = new ArrayList<>();
    BufferedReader reader = process.inputReader();
    for (String found = reader.readLine(); !line.equals(found); found = reader.readLine()) {
      if (found == null) {
        throw new IOException("process must say '" + line + "'; found: " + said);
      }
      said.add(found);
    }
  }

  public static void main(String[] arguments) throws Exception {
    Workspace workspace = new Workspace(Path.of(arguments[0]));
    if (arguments[1].equals("hold")) {
      try (WriteLock lock =
          new Versions(workspace.root().resolve("datasets"), "dataset", ".json").lock("d")) {
        System.out.println("held");
        Thread.sleep(60_000);
      }
      return;
    }
    if (arguments[1].equals("run")) {
      Needs needs = new Needs("r", Needs.Reading.WHOLE, List.of(), List.of(), List.of(), List.of());
      try (LiveRun run = workspace.begin(java.time.Instant.EPOCH, needs)) {
        System.out.println("running");
        Thread.sleep(60_000);
      }
      return;
    }
    System.out.println("started");
    int count = Integer.parseInt(arguments[3]);
    for (int i = 0; i < count; i++) {
      Manifest manifest = version(workspace, "d", arguments[2] + " " + i, "r");
      workspace.datasets().publish(manifest, Manifest.Head.MOVES);
    }
  }
}
