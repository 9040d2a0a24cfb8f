package dev.quern.testkit.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.format.json.Json;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Operators of other authors: a jar in the workspace is all it takes. */
class OperatorJarTest {
  private static final String CATALOG =
      """
      package org.example.words;

      import dev.quern.data.*;
      import dev.quern.engine.*;
      import dev.quern.operator.*;
      import java.util.List;

      public final class WordCatalog implements Catalog {
        static OperatorSpec spec(String name, Operator operator) {
          return new OperatorSpec(name, new Localized("Does.", "做。"), "definition", 1,
              Serving.TRAINING_ONLY, List.of(), List.of(new Example("{}", "[]", "[]")), p -> operator);
        }

        public List<OperatorSpec> operators() {
          return List.of(spec("words.split", new Words()), spec("words.fussy", new Fussy()),
              spec("words.broken", new Broken()));
        }

        /** Makes a sample of each word. */
        record Words() implements Expander {
          public Schema output(Schema input) {
            return Schema.of(Field.of("word", Type.TEXT));
          }
          public Expansion bind(Schema input, Schema output, StepRun run) {
            int text = input.indexOf("text");
            return (sample, children) -> {
              int made = 0;
              for (String word : sample.textAt(text).split(" ")) {
                if (!word.isEmpty()) {
                  children.column(0).appendText(word);
                  made++;
                }
              }
              return made;
            };
          }
        }

        /** Cannot bear long words. */
        record Fussy() implements Filter {
          public void check(Schema input) {}
          public Judge bind(Schema input, StepRun run) {
            return sample -> {
              String word = sample.textAt(0);
              if (word.length() > 6) {
                throw new IllegalStateException("cannot bear " + word);
              }
              return word.equals("no") ? Verdict.drop("no", 2) : Verdict.KEEP;
            };
          }
        }

        /** Fails on everything. */
        record Broken() implements Mapper {
          public Schema output(Schema input) {
            return input;
          }
          public Mapping bind(Schema input, Schema output, StepRun run) {
            return (batch, out) -> {
              String word = new Sample().at(batch, batch.row(0)).textAt(0);
              throw new IllegalArgumentException(word, new RuntimeException(word));
            };
          }
        }
      }
      """;

  @TempDir private Path folder;

  private Scene scene() throws Exception {
    Scene scene = new Scene(folder);
    Path source = scene.write("src/org/example/words/WordCatalog.java", CATALOG);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    Path classes = Files.createDirectories(folder.resolve("classes"));
    int code =
        compiler.run(
            null,
            null,
            null,
            "--release",
            "17",
            "-proc:none",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            "-d",
            classes.toString(),
            source.toString());
    assertThat(code).isZero();
    Path jar = folder.resolve("workspace/operators/words.jar");
    Files.createDirectories(jar.getParent());
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file)) {
      for (Path each : Scene.files(classes)) {
        out.putNextEntry(new JarEntry(classes.relativize(each).toString().replace('\\', '/')));
        out.write(Files.readAllBytes(each));
      }
      out.putNextEntry(new JarEntry("META-INF/services/dev.quern.operator.Catalog"));
      out.write("org.example.words.WordCatalog\n".getBytes(StandardCharsets.UTF_8));
    }
    scene.write("a.txt", "one two three\nno four\n\nKanarienvogel sings\n   \n");
    return scene;
  }

  private static String recipe(String steps) {
    return "recipe: words\nseed: 1\nread: [ { acquire.text: { path: a.txt, sample: line } } ]\nsteps:\n"
        + steps;
  }

  @Test
  void anOperatorOfAJarInTheWorkspaceRunsAndIsAccountedFor() throws Exception {
    Scene scene = scene();
    scene.write("recipe.yaml", recipe("  - words.split\n  - words.fussy\n"));
    Scene.Said said = scene.quern("run", "recipe.yaml", "--json", "--quiet");
    assertThat(said.code()).as(said.err() + said.out()).isZero();
    Map<String, @Nullable Object> report = Json.parseObject(said.out());
    List<Map<String, @Nullable Object>> steps = Scene.parts(report, "steps");
    assertThat(Scene.part(steps.get(0), "counts"))
        .containsEntry("created", 7L)
        .containsEntry("kept", 7L)
        .containsEntry("merged", 3L)
        .containsEntry("conserved", true);
    assertThat(Scene.part(steps.get(1), "counts"))
        .containsEntry("read", 7L)
        .containsEntry("kept", 5L)
        .containsEntry("dropped", 1L)
        .containsEntry("quarantined", 1L)
        .containsEntry("conserved", true);
    assertThat(Scene.part(report, "accounting")).containsEntry("conserved", true);
    for (Path file : Scene.files(folder.resolve("workspace/runs"))) {
      if (!file.toString().contains("quarantine") && !file.endsWith("recipe.yaml")) {
        assertThat(Files.readString(file)).as("%s", file).doesNotContain("Kanarienvogel");
      }
    }
    Scene.Said listed = scene.quern("operators", "words.split");
    assertThat(listed.code()).isZero();
    assertThat(listed.out()).startsWith("words.split");
  }

  @Test
  void anOperatorThatFailsIsNamedWithoutWhatItSays() throws Exception {
    Scene scene = scene();
    scene.write("recipe.yaml", recipe("  - words.split\n  - words.broken\n  - quality.trim\n"));
    for (String debug : List.of("--quiet", "--debug")) {
      Scene.Said said = scene.quern(debug, "run", "recipe.yaml");
      assertThat(said.code()).as(said.err()).isEqualTo(3);
      assertThat(said.err())
          .contains(
              "words.broken: operator must process or set aside every sample; found:"
                  + " java.lang.IllegalArgumentException in ",
              "org.example.words.WordCatalog$Broken.")
          .doesNotContain("one")
          .doesNotContain("Kanarienvogel");
    }
  }
}
