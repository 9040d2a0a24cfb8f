package dev.quern.testkit.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.engine.DataException;
import dev.quern.run.Run;
import dev.quern.run.RunListener;
import dev.quern.run.RunOptions;
import dev.quern.run.RunResult;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sources that are no files, may not be read, have names nobody would give or change while they are
 * read, as a user meets them: one line with place, rule and fix, the exit code of data, and all
 * that was published as it was.
 */
class BadPlacesTest {
  @TempDir private Path folder;
  private Scene scene;
  private Map<String, String> before = Map.of();

  @BeforeEach
  void publishAVersion() throws Exception {
    scene = new Scene(folder);
    scene.write("good.csv", "id,name\n1,x\n");
    recipe("csv", "good.csv");
    scene.run("recipe.yaml");
    before = scene.published("workspace");
  }

  private void recipe(String reader, String path) {
    scene.write(
        "recipe.yaml",
        "recipe: places\nread:\n  - acquire.%s: { path: \"%s\" }\n".formatted(reader, path));
  }

  /** Runs the recipe; it must end with one line that begins so, and leave all as it was. */
  private void assertRefused(String beginning, String ending) throws Exception {
    assertRefused(scene.quern("run", "recipe.yaml"), beginning, ending);
  }

  private void assertRefused(Scene.Said said, String beginning, String ending) throws Exception {
    assertThat(said.code()).as(said.err()).isEqualTo(3);
    assertThat(said.out()).isEmpty();
    assertThat(said.told())
        .singleElement()
        .asString()
        .startsWith(beginning)
        .endsWith(ending)
        .contains("; found: ");
    assertThat(scene.published("workspace")).isEqualTo(before);
  }

  @Test
  void foldersPipesAndNothingAreNoFiles() throws Exception {
    recipe("csv", "gone.csv");
    assertRefused(
        "gone.csv: must name at least one file; found: none below ",
        "relative paths start from the recipe's folder");
    recipe("jsonl", ".");
    assertRefused(".: must be a file or a glob; found: a folder", "write ./*");
    Files.createDirectories(folder.resolve("folder.parquet"));
    recipe("parquet", "folder.parquet");
    assertRefused("folder.parquet: must be a file or a glob; found: a folder", "/*");
    recipe("csv", "/dev/null");
    assertRefused("/dev/null: must be a regular file; found: a pipe, device or socket", "first");
    Process fifo = new ProcessBuilder("mkfifo", folder.resolve("pipe.csv").toString()).start();
    Assumptions.assumeTrue(fifo.waitFor() == 0, "no mkfifo here");
    for (String path : List.of("pipe.csv", "p*.csv")) {
      recipe("csv", path);
      assertRefused(
          path
              + (path.contains("*") ? ": pipe.csv" : "")
              + ": must be a regular file; found: a pipe",
          "write its content to a file first");
    }
  }

  @Test
  void linksInCirclesAndToNothingAreTold() throws Exception {
    Files.createDirectories(folder.resolve("l/deeper"));
    Files.createSymbolicLink(folder.resolve("l/deeper/up"), folder.resolve("l"));
    scene.write("l/a.csv", "id\n1\n");
    recipe("csv", "l/**/*.csv");
    assertRefused(
        "l/**/*.csv: deeper/up: must be readable; found: a link to a folder above it",
        "remove the link, or name the files more closely");
    recipe("files", "l");
    assertRefused("l: deeper/up: must be readable; found: a link to a folder above it", "closely");
    Files.createSymbolicLink(folder.resolve("one.csv"), Path.of("two.csv"));
    Files.createSymbolicLink(folder.resolve("two.csv"), Path.of("one.csv"));
    recipe("csv", "one.csv");
    assertRefused("one.csv: must be a file; found: a link that leads to none", "its target");
    Files.delete(folder.resolve("two.csv"));
    recipe("csv", "o*.csv");
    assertRefused("o*.csv: one.csv: must be a file; found: a link that leads to none", "target");
    recipe("csv", "l/*.csv");
    assertThat(scene.quern("run", "recipe.yaml").code()).isZero();
  }

  /** Root may read everything, unless it gives that away. */
  private static List<String> withoutPrivilege() throws Exception {
    if (!"root".equals(System.getProperty("user.name"))) {
      return List.of();
    }
    List<String> prefix =
        List.of(
            "setpriv", "--bounding-set", "-dac_override,-dac_read_search", "--inh-caps", "-all");
    List<String> attempt = new ArrayList<>(prefix);
    attempt.add("true");
    try {
      Process process = new ProcessBuilder(attempt).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      if (process.waitFor() == 0) {
        return prefix;
      }
    } catch (IOException e) {
      // No such program.
    }
    Assumptions.abort("root may read everything, and there is no setpriv here");
    return List.of();
  }

  @Test
  void whatMayNotBeReadIsTold() throws Exception {
    List<String> prefix = withoutPrivilege();
    scene.write("own/a.csv", "id\n1\n");
    scene.write("own/closed/b.csv", "id\n1\n");
    Path file = folder.resolve("own/a.csv");
    Path closed = folder.resolve("own/closed");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    try {
      for (String path : List.of("own/a.csv", "own/*.csv")) {
        recipe("csv", path);
        assertRefused(
            scene.quernAs(prefix, "run", "recipe.yaml"),
            path
                + (path.contains("*") ? ": a.csv" : "")
                + ": must be readable; found: no permission",
            "check its rights");
      }
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      recipe("csv", "own/**/*.csv");
      assertRefused(
          scene.quernAs(prefix, "run", "recipe.yaml"),
          "own/**/*.csv: closed: must be readable; found: no permission",
          "check its rights");
      Files.setPosixFilePermissions(
          folder.resolve("recipe.yaml"), PosixFilePermissions.fromString("---------"));
      assertRefused(
          scene.quernAs(prefix, "run", "recipe.yaml"),
          "recipe.yaml: file must be accessible; found: ",
          "access denied");
    } finally {
      Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    }
  }

  @Test
  void namesOfAllCharactersAreReadAndToldOnOneLine() throws Exception {
    List<String> names =
        List.of(
            "line\nend.csv",
            "esc\u001b[31m.csv",
            "tab\t.csv",
            "数据.csv",
            "quo\"te'.csv",
            "a{b,c}[d].csv",
            "-dash.csv",
            "back\\slash.csv",
            "bidi\u202egpj.csv",
            "sp ace.csv",
            "~.csv",
            "$(x).csv",
            "%41.csv",
            "#.csv");
    for (String name : names) {
      scene.write("odd/" + name, "id\n1\n2\n\"3\n");
    }
    for (String name : names.subList(0, 5)) {
      Scene.Said alone = run("odd/" + name);
      assertThat(alone.code()).as(name + alone.err()).isZero();
      assertThat(alone.out().lines().count()).as(alone.out()).isEqualTo(10);
      assertThat(alone.out() + alone.err()).doesNotContain("\u001b", "\u202e", "\t");
      assertThat(alone.out()).containsPattern("kept +2\n").contains("(unclosed_quote 1)");
    }
    // All at once, by a glob, each with ids of its own.
    recipe("csv", "odd/*");
    scene.write(
        "recipe.yaml", Files.readString(folder.resolve("recipe.yaml")) + "max_quarantined: 1\n");
    RunResult all = scene.run("recipe.yaml");
    assertThat(Scene.part(all.report(), "accounting"))
        .containsEntry("kept", 2L * names.size())
        .containsEntry("quarantined", (long) names.size())
        .containsEntry("conserved", true);
  }

  private Scene.Said run(String path) throws Exception {
    String quoted = dev.quern.format.json.Json.write(path);
    scene.write(
        "recipe.yaml",
        "recipe: places\nmax_quarantined: 1\nread:\n  - acquire.csv: { path: " + quoted + " }\n");
    return scene.quern("run", "recipe.yaml");
  }

  @Test
  void namesThatAreNoTextAreTold() throws Exception {
    Process made =
        new ProcessBuilder("sh", "-c", "printf 'id\\n1\\n' > \"$(printf 'raw\\377.csv')\"")
            .directory(folder.toFile())
            .start();
    Assumptions.assumeTrue(made.waitFor() == 0, "the file system takes UTF-8 only");
    recipe("csv", "raw*.csv");
    assertRefused("raw*.csv: raw", "rename the file");
    // Where no locale is set a JVM knows ASCII only; the launcher sets one.
    scene.write("数据.csv", "id\n1\n");
    recipe("csv", "数据.csv");
    assertRefused(
        scene.quernIn(Map.of("LC_ALL", "POSIX"), "run", "recipe.yaml"),
        "数据.csv: must be a name that the locale can write (",
        "rename the file, or set LC_ALL=C.UTF-8");
    assertThat(scene.quernIn(Map.of("LC_ALL", "C.UTF-8"), "run", "recipe.yaml").code()).isZero();
  }

  /** What happens to a source during the run. */
  private interface Change {
    void happen(Path file) throws IOException;
  }

  @Test
  void aSourceThatChangesDuringTheRunEndsIt() throws Exception {
    String rows =
        IntStream.range(0, 20_000)
            .mapToObj(i -> i + ",name " + i)
            .collect(Collectors.joining("\n"));
    byte[] content = ("id,name\n" + rows).getBytes(UTF_8);
    Map<String, Change> changes = new LinkedHashMap<>();
    changes.put("appended", file -> Files.writeString(file, "\n1,x", StandardOpenOption.APPEND));
    changes.put(
        "cut",
        file -> {
          try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(content.length / 2);
          }
        });
    changes.put(
        "other of the same size",
        file -> {
          try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap("9".repeat(4000).getBytes(UTF_8)), content.length - 5000);
          }
          Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis() + 9_000));
        });
    changes.put(
        "replaced",
        file -> {
          Files.move(file, file.resolveSibling("old.csv"), StandardCopyOption.REPLACE_EXISTING);
          Files.write(file, content);
          Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis() + 9_000));
        });
    changes.put("gone", Files::delete);
    for (boolean early : new boolean[] {true, false}) {
      for (Map.Entry<String, Change> change : changes.entrySet()) {
        String what = change.getKey() + (early ? " before it is read" : " while it is read");
        Path file = scene.write("data.csv", content);
        FileTime modified = Files.getLastModifiedTime(file);
        String workspace = "ws " + what;
        recipe("csv", "good.csv");
        scene.run("recipe.yaml", workspace, Scene.Way.of(1, 20_000));
        Map<String, String> published = scene.published(workspace);
        recipe("csv", "data.csv");
        assertThatThrownBy(
                () -> changing(workspace, early, () -> change.getValue().happen(file)), what)
            .isInstanceOfSatisfying(
                DataException.class,
                e -> assertThat(e.code()).isIn("file_changed", "file_not_found"))
            .hasMessageStartingWith("data.csv: must ");
        assertThat(scene.published(workspace)).as(what).isEqualTo(published);
        // As it was, it is read anew, and nothing of the other content is left.
        Files.write(file, content);
        Files.setLastModifiedTime(file, modified);
        RunResult again = scene.run("recipe.yaml", workspace, Scene.Way.of(1, 20_000));
        RunResult clean = scene.run("recipe.yaml", "clean", Scene.Way.of(2, 50_000));
        assertThat(Scene.digest(again)).as(what).isEqualTo(Scene.digest(clean));
      }
    }
  }

  private interface Step {
    void run() throws IOException;
  }

  private void changing(String workspace, boolean early, Step step) throws IOException {
    RunOptions options =
        scene.options(workspace, new Scene.Way(1, OptionalLong.of(20_000), 256L << 20));
    AtomicBoolean done = new AtomicBoolean();
    RunResult rr =
        Run.execute(
            scene.plan("recipe.yaml", options),
            options,
            new RunListener() {
              @Override
              public void begins(int number, int total, String what) {
                System.err.println("DBG " + what);
                happen(early);
              }

              @Override
              public void advanced(long bytes, long total, String unit, long samples, String note) {
                happen(!early && bytes > 40_000);
              }

              private void happen(boolean now) {
                if (now && !done.getAndSet(true)) {
                  try {
                    step.run();
                    System.err.println("DBG happened");
                  } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                  }
                }
              }
            });
    System.err.println("DBG " + rr.report().get("accounting") + rr.report().get("work"));
  }
}
