package dev.quern.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The command that starts this program on Spark: spark-submit with the program's jars and those of
 * operators. A value, so that it can be told without being run.
 *
 * @param home the folder of Spark
 * @param java of this process
 * @param lib the folder of the program's jars, with {@code spark/} in it
 * @param operators jars of operators of other authors
 * @param master as spark-submit takes it
 * @param heapBytes memory of the driver
 * @param settings of Spark, by name
 * @param options of the driver's JVM
 */
record SparkCommand(
    SparkHome home,
    Path java,
    Path lib,
    List<Path> operators,
    String master,
    long heapBytes,
    Map<String, String> settings,
    List<String> options) {

  /** What Spark needs opened of the JDK, as its own launcher has it. */
  static final List<String> OPENS =
      List.of(
          "java.lang",
          "java.lang.invoke",
          "java.lang.reflect",
          "java.io",
          "java.net",
          "java.nio",
          "java.util",
          "java.util.concurrent",
          "java.util.concurrent.atomic",
          "sun.nio.ch",
          "sun.nio.cs",
          "sun.security.action",
          "sun.util.calendar");

  /** The engine's jar in {@code lib/spark}. */
  static final String ENGINE = "quern-spark.jar";

  /** The program's jar in {@code lib/spark}, which names no others. */
  private static final String PROGRAM = "quern-app-submitted.jar";

  /**
   * Jars that stay behind: the program comes by itself, Spark brings logging, and the stand-ins for
   * Hadoop must never meet it.
   */
  private static final Set<String> LEFT =
      Set.of("quern", "quern-app-submitted", "slf4j-api", "slf4j-nop", "quern-parquet-stubs");

  /** Libraries of which there must be one version: Spark's, where it has one. */
  private static final List<String> SHARED =
      List.of("parquet-", "zstd-jni", "snappy-java", "aircompressor");

  /** Returns the words of the command that gives {@code arguments} to the program. */
  List<String> words(List<String> arguments) throws IOException {
    List<String> words = new ArrayList<>();
    if (home.origin() == SparkHome.Origin.USER) {
      boolean windows = java.getFileSystem().getSeparator().equals("\\");
      words.add(home.folder().resolve("bin/spark-submit" + (windows ? ".cmd" : "")).toString());
    } else {
      words.addAll(jvm(java, heapBytes, home));
      words.addAll(options);
      words.add("org.apache.spark.deploy.SparkSubmit");
    }
    words.addAll(List.of("--master", master, "--deploy-mode", "client", "--name", "quern"));
    words.addAll(List.of("--class", Quern.class.getName()));
    words.addAll(List.of("--jars", String.join(",", jars())));
    if (home.origin() == SparkHome.Origin.USER) {
      words.addAll(List.of("--driver-memory", (heapBytes >> 20) + "m"));
      if (!options.isEmpty()) {
        words.addAll(List.of("--driver-java-options", String.join(" ", options)));
      }
    }
    settings.forEach((name, value) -> words.addAll(List.of("--conf", name + "=" + value)));
    words.add(lib.resolve("spark").resolve(PROGRAM).toString());
    words.addAll(arguments);
    return words;
  }

  /** Returns how a JVM with the jars of an installed Spark begins. */
  static List<String> jvm(Path java, long heapBytes, SparkHome home) {
    List<String> words = new ArrayList<>();
    words.add(java.toString());
    words.add("-Xmx" + (heapBytes >> 20) + "m");
    words.add("-XX:+IgnoreUnrecognizedVMOptions");
    words.add("-Djdk.reflect.useDirectMethodHandle=false");
    OPENS.forEach(opened -> words.add("--add-opens=java.base/" + opened + "=ALL-UNNAMED"));
    words.add("--add-opens=java.security.jgss/sun.security.krb5=ALL-UNNAMED");
    words.add("-cp");
    words.add(home.folder().resolve("jars") + "/*");
    return words;
  }

  /** Returns the jars that workers and driver need beside Spark's own, which come first. */
  private List<String> jars() throws IOException {
    Set<String> there = new TreeSet<>();
    home.jars().forEach(jar -> there.add(artifact(jar)));
    List<String> jars = new ArrayList<>();
    List<Path> ours = new ArrayList<>(SparkHome.jars(lib));
    ours.addAll(SparkHome.jars(lib.resolve("spark")));
    for (Path jar : ours) {
      String artifact = artifact(jar);
      boolean shared = SHARED.stream().anyMatch(artifact::startsWith) && there.contains(artifact);
      if (!LEFT.contains(artifact) && !shared) {
        jars.add(jar.toString());
      }
    }
    operators.forEach(jar -> jars.add(jar.toString()));
    return jars;
  }

  /** Returns the name of a jar without its version. */
  static String artifact(Path jar) {
    String name = String.valueOf(jar.getFileName());
    for (int i = 1; i < name.length(); i++) {
      if (name.charAt(i - 1) == '-' && Character.isDigit(name.charAt(i))) {
        return name.substring(0, i - 1);
      }
    }
    return name.substring(0, Math.max(0, name.length() - ".jar".length()));
  }

  /**
   * Returns the settings of a run, before those of the user.
   *
   * @param scratch where Spark spills on this machine
   */
  static Map<String, String> settings(String master, Path scratch) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("spark.ui.enabled", "false");
    settings.put("spark.ui.showConsoleProgress", "false");
    if (master.startsWith("local") || isHere(master)) {
      settings.put("spark.driver.host", "127.0.0.1");
      settings.put("spark.driver.bindAddress", "127.0.0.1");
    }
    if (master.startsWith("local")) {
      settings.put("spark.local.dir", scratch.toString());
    }
    return settings;
  }

  private static boolean isHere(String master) {
    return master.startsWith("spark://127.") || master.startsWith("spark://localhost:");
  }
}
