package dev.quern.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.engine.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkCommandTest {
  @TempDir private Path folder;
  private Path home;
  private Path lib;

  @BeforeEach
  void jars() throws IOException {
    home = Files.createDirectories(folder.resolve("spark/jars")).getParent();
    lib = Files.createDirectories(folder.resolve("lib/spark")).getParent();
    for (String jar :
        List.of("spark-core_2.13-4.2.0.jar", "zstd-jni-1.5.7-7.jar", "jackson-core-2.21.2.jar")) {
      Files.createFile(home.resolve("jars").resolve(jar));
    }
    for (String jar :
        List.of(
            "quern.jar",
            "quern-core-1.jar",
            "quern-parquet-stubs-1.jar",
            "slf4j-api-2.0.17.jar",
            "slf4j-nop-2.0.17.jar",
            "zstd-jni-1.5.7-28.jar",
            "parquet-hadoop-1.18.1.jar",
            "jackson-core-3.2.4.jar",
            "spark/parquet-jackson-1.18.1.jar",
            "spark/quern-spark.jar",
            "spark/quern-app-submitted.jar")) {
      Files.createFile(lib.resolve(jar));
    }
  }

  private SparkCommand command(SparkHome.Origin origin, String master) {
    return new SparkCommand(
        new SparkHome(home, origin),
        Path.of("/jdk/bin/java"),
        lib,
        List.of(Path.of("/own/greetings.jar")),
        master,
        3L << 30,
        SparkCommand.settings(master, Path.of("/scratch")),
        List.of("-Dquern.parent=7", "--add-modules=jdk.incubator.vector"));
  }

  private static String after(List<String> words, String word) {
    return words.get(words.indexOf(word) + 1);
  }

  @Test
  void theInstalledSparkIsStartedFromItsJars() throws IOException {
    List<String> words =
        command(SparkHome.Origin.INSTALLED, "local[2]").words(List.of("run", "--engine=spark"));
    assertThat(words)
        .startsWith("/jdk/bin/java", "-Xmx3072m")
        .contains("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED", "-Dquern.parent=7")
        .containsSubsequence("-cp", home.resolve("jars") + "/*")
        .containsSubsequence("org.apache.spark.deploy.SparkSubmit", "--master", "local[2]")
        .containsSubsequence("--deploy-mode", "client")
        .contains("spark.driver.host=127.0.0.1", "spark.local.dir=/scratch")
        .endsWith(lib.resolve("spark/quern-app-submitted.jar").toString(), "run", "--engine=spark");
    assertThat(after(words, "--class")).isEqualTo("dev.quern.cli.Quern");
  }

  @Test
  void librariesOfWhichOneVersionMustBeAreSparksAndOperatorsOfOthersTravelAlong()
      throws IOException {
    List<String> words = command(SparkHome.Origin.INSTALLED, "local[2]").words(List.of());
    assertThat(after(words, "--jars").split(","))
        .containsExactly(
            lib.resolve("jackson-core-3.2.4.jar").toString(),
            lib.resolve("parquet-hadoop-1.18.1.jar").toString(),
            lib.resolve("quern-core-1.jar").toString(),
            lib.resolve("spark/parquet-jackson-1.18.1.jar").toString(),
            lib.resolve("spark/quern-spark.jar").toString(),
            "/own/greetings.jar");
  }

  @Test
  void aSparkOfTheUserIsStartedByItsScript() throws IOException {
    List<String> words = command(SparkHome.Origin.USER, "yarn").words(List.of("run"));
    assertThat(words.get(0)).isEqualTo(home.resolve("bin/spark-submit").toString());
    assertThat(words)
        .containsSubsequence("--master", "yarn")
        .containsSubsequence("--driver-memory", "3072m")
        .doesNotContain("spark.driver.host=127.0.0.1", "-cp");
    assertThat(after(words, "--driver-java-options"))
        .isEqualTo("-Dquern.parent=7 --add-modules=jdk.incubator.vector");
  }

  @Test
  void onKubernetesTheMasterIsItsAddress() throws IOException {
    String master = "k8s://https://cluster.example:6443";
    SparkCommand command = command(SparkHome.Origin.USER, master);
    assertThat(after(command.words(List.of()), "--master")).isEqualTo(master);
    assertThat(after(command.words(List.of()), "--deploy-mode")).isEqualTo("client");
    assertThat(command.settings()).doesNotContainKey("spark.local.dir");
  }

  @Test
  void aMasterOnThisMachineIsSpokenToOverLoopback() {
    assertThat(SparkCommand.settings("spark://127.0.0.1:7077", Path.of("/scratch")))
        .containsEntry("spark.driver.bindAddress", "127.0.0.1")
        .doesNotContainKey("spark.local.dir");
    assertThat(SparkCommand.settings("spark://master.example:7077", Path.of("/scratch")))
        .doesNotContainKey("spark.driver.host");
  }

  @Test
  void enginesAreReadAsWritten() {
    assertThat(EngineChoice.of("local")).isEqualTo(EngineChoice.LOCAL);
    assertThat(EngineChoice.of("spark").master()).isEmpty();
    for (String master :
        List.of("local", "local[4]", "spark://host:7077", "yarn", "k8s://https://host:1")) {
      assertThat(EngineChoice.of("spark:" + master).master()).isEqualTo(Optional.of(master));
    }
    assertThatThrownBy(() -> EngineChoice.of("sprak"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("--engine must be local, spark, or spark:MASTER")
        .hasMessageEndingWith("found: sprak; did you mean 'spark'?");
    for (String wrong : List.of("local:2", "spark:", "spark:mesos://x", "spark:spark://")) {
      assertThatThrownBy(() -> EngineChoice.of(wrong))
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("found: " + wrong);
    }
  }

  @Test
  void theProcessOfSparkGetsTheWordsWithoutMasterAndSettings() {
    assertThat(
            EngineOptions.inside(
                List.of(
                    "--lang",
                    "zh",
                    "run",
                    "r.yaml",
                    "--engine",
                    "spark:yarn",
                    "--spark-conf=spark.a=b",
                    "--set",
                    "seed=1")))
        .containsExactly("--lang", "zh", "run", "r.yaml", "--set", "seed=1", "--engine=spark");
  }

  private Outside outside(Map<String, String> environment) {
    PrintStream nowhere = new PrintStream(java.io.OutputStream.nullOutputStream());
    return new Outside(
        InputStream.nullInputStream(),
        nowhere,
        nowhere,
        environment,
        folder,
        folder.resolve("home"),
        Outside.Talk.PIPE,
        Locale.ENGLISH);
  }

  @Test
  void aMissingSparkIsToldWithWhatToDo() throws IOException {
    assertThatThrownBy(() -> SparkHome.find(outside(Map.of())))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "Spark must be on this machine; found: none; install it with quern engine install"
                + " spark, or name a folder of it in SPARK_HOME");
    assertThatThrownBy(() -> SparkHome.find(outside(Map.of("SPARK_HOME", "nowhere"))))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("SPARK_HOME must be a folder of Spark with jars/; found: nowhere");
    Path place = SparkHome.place(outside(Map.of()));
    Files.createDirectories(place.resolve("jars"));
    assertThatThrownBy(() -> SparkHome.find(outside(Map.of())))
        .as("an installation that was not finished")
        .isInstanceOf(DataException.class);
    Files.writeString(place.resolve(SparkHome.COMPLETE), "");
    assertThat(SparkHome.find(outside(Map.of())).origin()).isEqualTo(SparkHome.Origin.INSTALLED);
    assertThat(SparkHome.find(outside(Map.of("SPARK_HOME", home.toString()))))
        .isEqualTo(new SparkHome(home, SparkHome.Origin.USER));
  }

  @Test
  void everyJarThatIsInstalledHasADigest() throws IOException {
    List<SparkInstall.Jar> jars = SparkInstall.jars();
    assertThat(jars).hasSizeGreaterThan(100);
    assertThat(jars)
        .allSatisfy(
            jar -> {
              assertThat(jar.sha256()).matches("[0-9a-f]{64}");
              assertThat(jar.bytes()).isPositive();
              assertThat(jar.path()).endsWith(".jar").doesNotStartWith("/").doesNotContain("..");
            });
    assertThat(jars.stream().map(SparkInstall.Jar::name)).doesNotHaveDuplicates();
    assertThat(jars.stream().map(SparkInstall.Jar::name))
        .contains("spark-core_2.13-" + SparkHome.VERSION + ".jar");
  }
}
