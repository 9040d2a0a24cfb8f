package dev.quern.testkit.e2e;

import dev.quern.data.Digest;
import dev.quern.format.json.Json;
import dev.quern.operator.Registry;
import dev.quern.operator.Secrets;
import dev.quern.run.Plan;
import dev.quern.run.Planner;
import dev.quern.run.Run;
import dev.quern.run.RunListener;
import dev.quern.run.RunOptions;
import dev.quern.run.RunResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A folder with files, recipes and a workspace, in which recipes are run. */
record Scene(Path folder) {
  private static final Secrets SECRETS =
      reference -> (reference + " of a scene").getBytes(StandardCharsets.UTF_8);

  /** How a run is to be executed, apart from what it computes. */
  record Way(int threads, OptionalLong morselBytes, long memoryBytes) {
    static final Way USUAL = new Way(2, OptionalLong.empty(), 256L << 20);

    /** Small morsels, so that small files are cut into {@code bytes / morsel} of them. */
    static Way of(int threads, long morsel) {
      return new Way(threads, OptionalLong.of(Math.max(1, morsel)), 256L << 20);
    }
  }

  Path write(String name, String text) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      return Files.writeString(file, text, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  Path write(String name, byte[] bytes) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, bytes);
  }

  Path workspace(String name) {
    return folder.resolve(name);
  }

  RunOptions options(String workspace, Way way) {
    return new RunOptions(
        workspace(workspace),
        way.threads(),
        way.memoryBytes(),
        OptionalLong.empty(),
        Locale.ENGLISH,
        SECRETS,
        OptionalDouble.empty(),
        way.morselBytes());
  }

  static Registry registry() {
    return Registry.load(Scene.class.getClassLoader());
  }

  Plan plan(String recipe, RunOptions options) throws IOException {
    return Planner.plan(registry(), folder.resolve(recipe), List.of(), options);
  }

  RunResult run(String recipe) throws IOException {
    return run(recipe, "workspace", Way.USUAL);
  }

  RunResult run(String recipe, String workspace, Way way) throws IOException {
    RunOptions options = options(workspace, way);
    return Run.execute(plan(recipe, options), options, RunListener.NONE);
  }

  /** What a process said and how it ended. */
  record Said(int code, String out, String err) {
    /** Returns the lines of failures, without what the JVM says of itself. */
    List<String> told() {
      return err.lines().filter(line -> !line.contains("incubator")).toList();
    }
  }

  /** Starts the program in a process of its own. */
  Process start(String main, List<String> arguments) throws IOException {
    return start(main, arguments, List.of());
  }

  /** Starts the program in a process of its own with more options of the JVM. */
  Process start(String main, List<String> arguments, List<String> options) throws IOException {
    return new ProcessBuilder(command(main, arguments, options)).directory(folder.toFile()).start();
  }

  private static List<String> command(String main, List<String> arguments, List<String> options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC"));
    command.addAll(options);
    if (Long.getLong("quern.e2e.mebibytes", 0) == 0) {
      command.add("-XX:TieredStopAtLevel=1"); // Short processes start faster so.
    }
    command.addAll(List.of("--add-modules", "jdk.incubator.vector", "-cp", classPath(), main));
    command.addAll(arguments);
    return command;
  }

  private static String classPath() {
    return System.getProperty(
        "surefire.test.class.path", System.getProperty("java.class.path", ""));
  }

  /** Runs a command of the program in a process of its own. */
  Said quern(String... arguments) throws Exception {
    return finish(start("dev.quern.cli.Quern", List.of(arguments)));
  }

  /** Runs a command in a process that {@code prefix} starts. */
  Said quernAs(List<String> prefix, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(command("dev.quern.cli.Quern", List.of(arguments), List.of()));
    return finish(new ProcessBuilder(command).directory(folder.toFile()).start());
  }

  /** Runs a command in a process with changes of the environment. */
  Said quernIn(Map<String, String> environment, String... arguments) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(command("dev.quern.cli.Quern", List.of(arguments), List.of()));
    builder.environment().putAll(environment);
    return finish(builder.directory(folder.toFile()).start());
  }

  /** Waits for {@code process} and returns what it said. */
  static Said finish(Process process) throws Exception {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Thread reader =
        new Thread(
            () -> {
              try {
                process.getErrorStream().transferTo(err);
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    reader.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = process.waitFor();
    reader.join();
    return new Said(code, out, err.toString(StandardCharsets.UTF_8));
  }

  /** Returns the digests of all that is published in {@code workspace}, by name. */
  Map<String, String> published(String workspace) throws IOException {
    Map<String, String> all = new TreeMap<>();
    for (String part : List.of("datasets", "shards")) {
      for (Path file : files(workspace(workspace).resolve(part))) {
        String name = workspace(workspace).relativize(file).toString();
        if (!name.endsWith(".lock")) {
          all.put(name, Digest.ofText(Files.readString(file, StandardCharsets.ISO_8859_1)));
        }
      }
    }
    return all;
  }

  /** Returns a part of a report by the names on the way to it. */
  static Map<String, @Nullable Object> part(Map<String, @Nullable Object> report, String... names) {
    Map<String, @Nullable Object> at = report;
    for (String name : names) {
      at = Json.object(at.get(name));
    }
    return at;
  }

  static String digest(RunResult result) {
    return String.valueOf(part(result.report(), "dataset").get("digest"));
  }

  static List<Map<String, @Nullable Object>> parts(
      Map<String, @Nullable Object> report, String name) {
    List<Map<String, @Nullable Object>> parts = new ArrayList<>();
    Json.list(report.get(name)).forEach(one -> parts.add(Json.object(one)));
    return parts;
  }

  static long number(Map<String, @Nullable Object> map, String name) {
    return ((Number) java.util.Objects.requireNonNull(map.get(name))).longValue();
  }

  /** Returns every file below {@code path}, sorted; none if it is not there. */
  static List<Path> files(Path path) throws IOException {
    if (!Files.exists(path)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(path)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
