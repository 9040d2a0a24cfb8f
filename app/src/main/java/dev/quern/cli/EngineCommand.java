package dev.quern.cli;

import dev.quern.engine.DataException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells, installs and starts what engines need beside this program. */
@Command(name = "engine")
final class EngineCommand implements Action {
  private static final long DAEMON_HEAP = 512L << 20;

  @Parameters(
      index = "0",
      paramLabel = "list|install|master|worker",
      arity = "0..1",
      descriptionKey = "engine.task")
  Task task = Task.list;

  @Parameters(
      index = "1",
      paramLabel = "spark|MASTER",
      arity = "0..1",
      descriptionKey = "engine.object")
  Optional<String> object = Optional.empty();

  @Option(names = "--repository", paramLabel = "ADDRESS")
  String repository = "https://repo.maven.apache.org/maven2";

  @Option(names = "--host", paramLabel = "HOST")
  String host = "127.0.0.1";

  @Option(names = "--port", paramLabel = "PORT")
  @Nullable Integer port;

  @Option(names = "--cores", paramLabel = "N")
  @Nullable Integer cores;

  @Option(names = "--memory", paramLabel = "SIZE", descriptionKey = "memory")
  @Nullable String memory;

  @Option(names = "--folder", paramLabel = "FOLDER")
  @Nullable Path folder;

  @Option(names = "--json", descriptionKey = "json")
  boolean json;

  /** What is to be done, as written on the command line. */
  enum Task {
    list,
    install,
    master,
    worker
  }

  @Override
  public int run(Session session) throws Exception {
    return switch (task) {
      case list -> list(session);
      case install -> install(session);
      case master -> daemon(session, master());
      case worker -> daemon(session, worker());
    };
  }

  private int list(Session session) throws Exception {
    Path place = SparkHome.place(session.outside());
    boolean installed = Files.exists(place.resolve(SparkHome.COMPLETE));
    String home = session.outside().environment().getOrDefault("SPARK_HOME", "");
    if (json) {
      Map<String, @Nullable Object> spark = new LinkedHashMap<>();
      spark.put("version", SparkHome.VERSION);
      spark.put("installed", installed);
      spark.put("folder", place.toString());
      spark.put("spark_home", home.isEmpty() ? null : home);
      session.json(Map.of("spark", spark));
      return Exit.DONE;
    }
    session.out().println("local  " + session.text("engine.local"));
    String state =
        !home.isEmpty()
            ? session.text("engine.named", home)
            : installed
                ? session.text("engine.installed", SparkHome.VERSION, place)
                : session.text("engine.absent");
    session.out().println("spark  " + state);
    return Exit.DONE;
  }

  private int install(Session session) throws Exception {
    if (!object.equals(Optional.of("spark"))) {
      throw new UsageException(
          "engine install must name spark; found: " + object.orElse("nothing"));
    }
    Path place = new SparkInstall(session, repository).install();
    session.out().println(place);
    return Exit.DONE;
  }

  private List<String> master() {
    List<String> words = new ArrayList<>(List.of("org.apache.spark.deploy.master.Master"));
    words.addAll(List.of("--host", host, "--port", Integer.toString(port == null ? 7077 : port)));
    words.addAll(List.of("--webui-port", "0"));
    return words;
  }

  private List<String> worker() {
    String master =
        object.orElseThrow(
            () ->
                new UsageException(
                    "engine worker must name a master, spark://HOST:PORT; found: nothing"));
    List<String> words = new ArrayList<>(List.of("org.apache.spark.deploy.worker.Worker"));
    words.addAll(List.of("--host", host, "--webui-port", "0"));
    if (port != null) {
      words.addAll(List.of("--port", Integer.toString(port)));
    }
    if (cores != null) {
      words.addAll(List.of("--cores", Integer.toString(cores)));
    }
    if (memory != null) {
      words.addAll(List.of("--memory", (Amounts.size("--memory", memory) >> 20) + "m"));
    }
    if (folder != null) {
      words.addAll(List.of("--work-dir", folder.toAbsolutePath().toString()));
    }
    words.add(master);
    return words;
  }

  /** Starts a process of Spark and waits for its end, which is that of this one. */
  private static int daemon(Session session, List<String> words) throws Exception {
    SparkHome home = SparkHome.find(session.outside());
    if (home.origin() == SparkHome.Origin.USER) {
      throw new DataException(
          "engine_missing",
          "masters and workers must be of the installed Spark; found: one in SPARK_HOME; start it"
              + " with sbin/ of "
              + home.folder());
    }
    List<String> all =
        SparkCommand.jvm(
            Path.of(System.getProperty("java.home"), "bin", "java"), DAEMON_HEAP, home);
    all.addAll(words);
    return SparkLaunch.waitFor(session, home, all);
  }
}
