package dev.quern.cli;

import dev.quern.engine.DataException;
import dev.quern.engine.EngineProvider;
import dev.quern.store.EngineScratch;
import dev.quern.store.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;

/**
 * Starts this program once more, on Spark: there it is the whole run; here it is waited for. What
 * it prints is seen as if it came from here, and its exit code is passed on.
 */
final class SparkLaunch {
  /** Names the process that waits, so that the driver ends when that one does. */
  static final String PARENT = "quern.parent";

  /**
   * Names the file by which the driver says that it has begun: from then on exit codes are ours.
   */
  static final String STARTED = "quern.started";

  private final Session session;
  private final EngineChoice engine;
  private final Path workspace;

  SparkLaunch(Session session, EngineChoice engine, Path workspace) {
    this.session = session;
    this.engine = engine;
    this.workspace = workspace;
  }

  /** Returns whether this process has Spark itself. */
  static boolean isInside() {
    return ServiceLoader.load(EngineProvider.class, EngineProvider.class.getClassLoader()).stream()
        .anyMatch(provider -> provider.get().name().equals("spark"));
  }

  /**
   * Runs the program with {@code arguments} on Spark and returns its exit code.
   *
   * @param threads of a master within one process
   * @param given settings of Spark, {@code name=value} each
   */
  int run(List<String> arguments, int threads, List<String> given)
      throws IOException, InterruptedException {
    try (EngineScratch scratch = new Workspace(workspace).scratch("spark")) {
      SparkCommand command = command(threads, given, scratch);
      List<String> words = command.words(arguments);
      if (session.options().debug) {
        session.talk(String.join(" ", words));
      }
      int code = waitFor(session, command.home(), words);
      if (code != Exit.DONE && code < 128 && !Files.exists(started(scratch))) {
        throw new DataException(
            "engine_failed",
            "Spark must start with master "
                + command.master()
                + "; found: exit code "
                + code
                + "; what it said stands above, its log is "
                + scratch.keepLog());
      }
      if (code == Exit.DATA || code == Exit.BUG) {
        session.talk(session.text("engine.log", scratch.keepLog()));
      }
      return code;
    }
  }

  /** Starts a process of {@code home}, which writes where this one does, and waits for its end. */
  static int waitFor(Session session, SparkHome home, List<String> words)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(words).inheritIO();
    builder.directory(session.outside().folder().toFile());
    builder.environment().put("SPARK_HOME", home.folder().toString());
    if (home.origin() == SparkHome.Origin.INSTALLED) {
      // A worker looks for it in the scripts of a distribution before it starts executors.
      builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    }
    session.outside().out().flush();
    session.outside().err().flush();
    Process process = builder.start();
    // Who ends this process ends that one; Ctrl-C reaches both, and the driver tells how to go on.
    Thread hook = new Thread(() -> end(process), "quern-spark");
    Runtime.getRuntime().addShutdownHook(hook);
    int code = process.waitFor();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return code; // This process is ending as well.
    }
    return code;
  }

  private static Path started(EngineScratch scratch) {
    return scratch.folder().resolve("started");
  }

  private static void end(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
    }
  }

  private SparkCommand command(int threads, List<String> given, EngineScratch scratch)
      throws IOException {
    Path lib = lib();
    if (!Files.exists(lib.resolve("spark").resolve(SparkCommand.ENGINE))) {
      throw new DataException(
          "engine_missing",
          "lib/spark/quern-spark.jar must be beside quern.jar; found: none in "
              + lib
              + "; unpack the archive anew");
    }
    String master = engine.master().orElse("local[" + threads + "]");
    SparkHome home = SparkHome.find(session.outside());
    boolean known = master.startsWith("local") || master.startsWith("spark://");
    if (!known && home.origin() == SparkHome.Origin.INSTALLED) {
      throw new DataException(
          "engine_missing",
          "master "
              + master
              + " must have a whole distribution of Spark; found: the installed jars, which know"
              + " local and spark:// alone; name a distribution in SPARK_HOME");
    }
    Map<String, String> settings =
        new LinkedHashMap<>(SparkCommand.settings(master, scratch.folder()));
    for (String one : given) {
      int equals = one.indexOf('=');
      if (equals < 1 || !one.startsWith("spark.")) {
        throw new UsageException("--spark-conf must be spark.NAME=VALUE; found: " + one);
      }
      settings.put(one.substring(0, equals), one.substring(equals + 1));
    }
    List<Path> operators =
        OperatorJars.find(
            List.of(
                workspace.resolve("operators"),
                session.outside().home().resolve(".quern").resolve("operators")));
    return new SparkCommand(
        home,
        Path.of(System.getProperty("java.home"), "bin", "java"),
        lib,
        operators,
        master,
        Runtime.getRuntime().maxMemory(),
        settings,
        options(lib, scratch));
  }

  private static List<String> options(Path lib, EngineScratch scratch) {
    List<String> options = new ArrayList<>();
    options.add("-D" + PARENT + "=" + ProcessHandle.current().pid());
    options.add("-D" + STARTED + "=" + started(scratch));
    options.add("-Dlog4j2.configurationFile=" + lib.resolve("spark").resolve("log4j2.properties"));
    options.add("-Dquern.spark.log=" + scratch.log());
    if (ModuleFinder.ofSystem().find("jdk.incubator.vector").isPresent()) {
      options.add("--add-modules=jdk.incubator.vector");
    }
    return options;
  }

  /** Returns the folder that holds quern.jar. */
  private static Path lib() {
    try {
      Path jar = Path.of(Quern.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return Optional.ofNullable(jar.toAbsolutePath().getParent()).orElse(Path.of(""));
    } catch (URISyntaxException e) {
      throw new IllegalStateException("quern.jar must lie in a folder", e);
    }
  }

  /** Says that this process has begun, and ends it when the one that waits for it has ended. */
  static void followParent() {
    String started = System.getProperty(STARTED);
    if (started != null) {
      try {
        Files.createFile(Path.of(started));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    Optional.ofNullable(System.getProperty(PARENT))
        .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)))
        .ifPresent(parent -> parent.onExit().thenRun(() -> System.exit(Exit.INTERRUPTED)));
  }
}
