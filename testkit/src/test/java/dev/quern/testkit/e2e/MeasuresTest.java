package dev.quern.testkit.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.engine.Attempts;
import dev.quern.engine.DataException;
import dev.quern.engine.Samples;
import dev.quern.format.json.Json;
import dev.quern.run.Plan;
import dev.quern.run.RunResult;
import dev.quern.store.Availability;
import dev.quern.store.Garbage;
import dev.quern.store.Manifest;
import dev.quern.store.Reference;
import dev.quern.store.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is measured of versions is stored, merged and told; joining versions measures none anew. */
class MeasuresTest {
  private static final String CHECKS =
      """
      checks:
        - uniqueness(id) >= 0
        - completeness(city, zip) >= 0
        - consistency(zip, city) >= 0
        - diversity(city) >= 0
        - timeliness(at, '20m') >= 0
      """;

  private static final Scene.Way WAY = Scene.Way.of(2, 5_000);

  @TempDir private Path folder;
  private Scene scene;

  @BeforeEach
  void write() {
    scene = new Scene(folder);
    for (int part = 0; part < 3; part++) {
      scene.write("part" + part + ".csv", rows(part));
    }
    scene.write("a.yaml", recipe("a", "  - acquire.csv: { path: part0.csv }\n"));
    scene.write("b.yaml", recipe("b", "  - acquire.csv: { path: part1.csv }\n"));
    scene.write(
        "joined.yaml",
        recipe("joined", "  - dataset: a\n  - dataset: b\n  - acquire.csv: { path: part2.csv }\n"));
    scene.write(
        "whole.yaml",
        recipe(
            "whole",
            """
              - acquire.csv: { path: part0.csv }
              - acquire.csv: { path: part1.csv }
              - acquire.csv: { path: part2.csv }
            """));
  }

  private static String recipe(String name, String sources) {
    return "recipe: " + name + "\nread:\n" + sources + CHECKS;
  }

  private static String rows(int part) {
    StringBuilder rows = new StringBuilder("id,zip,city,at\n");
    for (int i = 0; i < 1500; i++) {
      int id = part * 1400 + i;
      String city = i % 11 == 0 ? "" : "c" + id * 7 % 23 % (i % 13 == 0 ? 23 : 5);
      rows.append(id).append(",z").append(id * 7 % 23).append(',').append(city);
      rows.append(",").append(1_700_000_000L + id).append('\n');
    }
    return rows.toString();
  }

  private static Plan.Point.Publishing publishing(Plan plan) {
    return (Plan.Point.Publishing) plan.points().get(plan.points().size() - 1);
  }

  /** Checks with all that they measured. */
  private static List<Object> measured(RunResult result) {
    List<Object> measured = new ArrayList<>();
    Json.list(result.report().get("checks"))
        .forEach(check -> measured.add(Json.object(check).get("metric")));
    return measured;
  }

  private static List<Map<String, @Nullable Object>> quality(RunResult result, String measure) {
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    for (Object row : Json.list(result.report().get("quality"))) {
      if (measure.equals(Json.object(row).get("measure"))) {
        rows.add(Json.object(row));
      }
    }
    return rows;
  }

  @Test
  void joiningVersionsFoldsTheNewSourceAlone() throws Exception {
    scene.run("a.yaml");
    scene.run("b.yaml");
    Plan plan = scene.plan("joined.yaml", scene.options("workspace", WAY));
    // The profile, and all checks in one fold.
    assertThat(publishing(plan).measures()).hasSize(2);
    for (Plan.Measure measure : publishing(plan).measures()) {
      assertThat(measure.at()).hasSize(1);
      assertThat(measure.at().get(0)).isInstanceOf(Samples.Read.class);
      assertThat(measure.stored())
          .extracting(s -> s.version().substring(0, 1))
          .containsExactly("a", "b");
    }
    RunResult joined = scene.run("joined.yaml");
    RunResult whole = scene.run("whole.yaml");
    assertThat(measured(joined)).hasSize(5).isEqualTo(measured(whole));
    assertThat(joined.report().get("profile")).isEqualTo(whole.report().get("profile"));
    // The states themselves are equal, byte for byte, so their files are the same.
    assertThat(manifest("joined").states())
        .extracting(state -> state.file().sha256())
        .isEqualTo(
            manifest("whole").states().stream().map(state -> state.file().sha256()).toList());
  }

  @Test
  void aStepBetweenOrANewCheckIsMeasuredOfAllSamples() throws Exception {
    scene.run("a.yaml");
    scene.write(
        "stepped.yaml",
        "recipe: stepped\nread:\n  - dataset: a\nsteps:\n  - quality.where: { keep: id > 5 }\n");
    Plan stepped = scene.plan("stepped.yaml", scene.options("workspace", WAY));
    assertThat(publishing(stepped).measures().get(0).stored()).isEmpty();
    assertThat(publishing(stepped).measures().get(0).at()).containsExactly(stepped.result());
    scene.write("more.yaml", recipe("more", "  - dataset: a\n") + "  - completeness(at) >= 0\n");
    List<Plan.Measure> more =
        publishing(scene.plan("more.yaml", scene.options("workspace", WAY))).measures();
    assertThat(more.get(0).at()).isEmpty();
    assertThat(more.get(0).stored()).hasSize(1);
    // Checks share a fold: one that is new is measured together with those that are not.
    assertThat(more.get(1).stored()).isEmpty();
    assertThat(measured(scene.run("more.yaml")).subList(0, 5))
        .isEqualTo(measured(scene.run("a.yaml")));
  }

  @Test
  void severalVersionsAreMeasuredTogetherWithoutAShard() throws Exception {
    scene.run("a.yaml");
    scene.run("b.yaml");
    scene.write(
        "ab.yaml",
        recipe(
            "ab", "  - acquire.csv: { path: part0.csv }\n  - acquire.csv: { path: part1.csv }\n"));
    RunResult both = scene.run("ab.yaml", "elsewhere", Scene.Way.of(1, 1_000_000));
    for (Path shard : Scene.files(folder.resolve("workspace/shards"))) {
      Files.delete(shard);
    }
    Scene.Said said = scene.quern("show", "a", "b", "--metrics", "--json");
    assertThat(said.code()).as(said.err()).isZero();
    Map<String, @Nullable Object> told = Json.parseObject(said.out());
    assertThat(told.get("samples")).isEqualTo(3000L);
    for (Object row : Json.list(told.get("measures"))) {
      Map<String, @Nullable Object> found = new LinkedHashMap<>(Json.object(row));
      String measure = String.valueOf(found.get("measure"));
      if (!measure.equals("availability") && !measure.equals("accuracy")) {
        assertThat(Json.list(found.remove("states"))).as(measure).hasSize(2);
        assertThat(quality(both, measure))
            .anySatisfy(
                other -> {
                  Map<String, @Nullable Object> expected =
                      new LinkedHashMap<>(Json.parseObject(Json.write(other)));
                  expected.remove("states");
                  assertThat(found).isEqualTo(expected);
                });
      }
    }
    assertThat(scene.quern("show", "a", "--metrics").out())
        .contains("completeness", "uniqueness", "timeliness");
  }

  @Test
  void agesAreToldAsOfALaterMomentFromTheSameState() throws Exception {
    scene.run("a.yaml");
    Scene.Said now = scene.quern("show", "a", "--metrics", "--json");
    Scene.Said later =
        scene.quern("show", "a", "--metrics", "--json", "--as-of", "2023-11-14T22:40:00Z");
    // 1,500 samples, one a second from 22:13:20 on; 20 minutes are 1,200 seconds.
    assertThat(timeliness(now)).isEqualTo(1201.0 / 1500);
    assertThat(timeliness(later)).isEqualTo(1100.0 / 1500);
    Scene.Said wrong = scene.quern("show", "a", "--metrics", "--as-of", "soon");
    assertThat(wrong.code()).isEqualTo(3);
    assertThat(wrong.err()).contains("as_of must be a date or time of ISO 8601");
  }

  private static double timeliness(Scene.Said said) {
    for (Object row : Json.list(Json.parseObject(said.out()).get("measures"))) {
      if ("timeliness".equals(Json.object(row).get("measure"))) {
        return ((Number) Json.object(row).get("value")).doubleValue();
      }
    }
    throw new AssertionError("timeliness must be told");
  }

  @Test
  void theFiveMeasuresOfAVersionStandInItsReport() throws Exception {
    scene.write("plain.yaml", "recipe: plain\nread:\n  - acquire.csv: { path: part0.csv }\n");
    RunResult result = scene.run("plain.yaml");
    for (String measure :
        List.of("accuracy", "completeness", "consistency", "timeliness", "availability")) {
      assertThat(quality(result, measure)).as(measure).isNotEmpty();
    }
    Map<String, @Nullable Object> accuracy = quality(result, "accuracy").get(0);
    assertThat(accuracy.get("value")).isNull();
    assertThat(accuracy.get("reason")).isEqualTo("no_evidence");
    Map<String, @Nullable Object> completeness = quality(result, "completeness").get(0);
    assertThat(completeness.get("denominator")).isEqualTo(6000.0);
    assertThat(completeness.get("numerator")).isEqualTo(6000.0 - 137);
    assertThat(completeness.get("basis")).isEqualTo("rule");
    assertThat(Json.list(completeness.get("states")))
        .containsExactly(manifest("plain").states().get(0).file().sha256());
    assertThat(Files.readString(result.page())).contains("id=\"quality\"", "Completeness");
  }

  @Test
  void aFieldOfEventTimesIsMeasuredByDefault() throws Exception {
    scene.write(
        "timed.yaml",
        "recipe: timed\nread:\n  - acquire.csv: { path: part0.csv }\n"
            + "    roles: { at: event_time }\n");
    Map<String, @Nullable Object> row = quality(scene.run("timed.yaml"), "timeliness").get(0);
    assertThat(row.get("value")).isEqualTo(1.0);
    assertThat(Json.object(row.get("parameters"))).containsEntry("ttl", "365d");
  }

  @Test
  void statesOfNoVersionAreGarbageAndADamagedOneIsNamed() throws Exception {
    scene.run("a.yaml");
    Workspace workspace = new Workspace(folder.resolve("workspace"));
    Manifest.State state = manifest("a").states().get(1);
    assertThat(Garbage.remove(workspace, Garbage.Rules.USUAL).pieces())
        .extracting(Garbage.Piece::kind)
        .doesNotContain(Garbage.Kind.STATE);
    assertThat(workspace.states().isWhole(state.file())).isTrue();
    Path stray = workspace.root().resolve("states/" + "0".repeat(64) + ".state");
    Files.writeString(stray, "x");
    assertThat(Garbage.remove(workspace, Garbage.Rules.USUAL).pieces())
        .extracting(Garbage.Piece::kind)
        .containsExactly(Garbage.Kind.STATE);
    assertThat(stray).doesNotExist();
    Path file = workspace.root().resolve(state.file().path());
    byte[] whole = Files.readAllBytes(file);
    Files.writeString(file, "x");
    assertThat(workspace.datasets().damaged(manifest("a"))).containsExactly(state.file());
    assertThatThrownBy(() -> workspace.states().read(state.file()))
        .isInstanceOf(DataException.class)
        .hasMessage(
            state.file().path()
                + ": content must have the SHA-256 it was stored with; found: another content;"
                + " restore it from a copy, or delete it and run the recipe of its version again");
    scene.run("a.yaml");
    assertThat(Files.readAllBytes(file)).isEqualTo(whole);
  }

  @Test
  void whatWasNotThereCountsAgainstItsSource() throws Exception {
    scene.run("a.yaml");
    Files.delete(folder.resolve("part0.csv"));
    assertThat(scene.quern("run", "a.yaml").code()).isEqualTo(3);
    scene.write("part0.csv", rows(0) + "5000,z1,c1,1700000000\n");
    Availability log = new Workspace(folder.resolve("workspace")).availability();
    // A crash may cut a line off; the next one is not swallowed.
    Path lines = folder.resolve("workspace/availability/attempts.jsonl");
    Files.writeString(lines, "{\"subject\":\"source", StandardOpenOption.APPEND);
    RunResult again = scene.run("a.yaml");
    List<Attempts> tried = log.of("source part0.csv");
    assertThat(tried).extracting(Attempts::successes).containsExactly(1L, 0L, 1L);
    assertThat(tried.get(1).failures()).containsExactly(Map.entry("file_not_found", 1L));
    assertThat(tried.get(0).bytes()).isEqualTo(rows(0).length());
    assertThat(quality(again, "availability"))
        .anySatisfy(
            row -> {
              assertThat(row.get("fields")).isEqualTo(List.of("source part0.csv"));
              assertThat(row.get("value")).isEqualTo(2.0 / 3);
            });
  }

  @Test
  void availabilityCanBeCheckedAndKnowsTheRunThatAsks() throws Exception {
    String read = "read:\n  - acquire.csv: { path: 'part*.csv' }\n";
    String checks = "checks:\n  - availability() >= 0.5\n  - availability('part9.csv') >= 0.5\n";
    scene.write("checked.yaml", "recipe: checked\n" + read + checks);
    RunResult first = scene.run("checked.yaml");
    Map<String, @Nullable Object> metric =
        Json.object(Json.object(Json.list(first.report().get("checks")).get(0)).get("metric"));
    assertThat(metric.get("numerator")).isEqualTo(3.0);
    assertThat(metric.get("denominator")).isEqualTo(3.0);
    // Of what was never asked for nothing is known, which is no success.
    assertThat(first.status()).isEqualTo(RunResult.Status.CHECK_FAILED);
    scene.write("broken.yaml", "recipe: broken\nread:\n  - acquire.csv: { path: part9.csv }\n");
    assertThat(scene.quern("run", "broken.yaml").code()).isEqualTo(3);
    scene.write("part9.csv", rows(0));
    Thread.sleep(1100); // An outage is told in whole seconds.
    scene.run("broken.yaml");
    scene.run("broken.yaml"); // Nothing is read again, so nothing is tried.
    RunResult second = scene.run("checked.yaml", "workspace", Scene.Way.of(1, 1_000_000));
    assertThat(second.status()).isEqualTo(RunResult.Status.DONE);
    metric =
        Json.object(Json.object(Json.list(second.report().get("checks")).get(1)).get("metric"));
    assertThat(metric.get("value")).isEqualTo(0.5);
    assertThat(Files.readString(second.page())).contains("[uptime]");
  }

  @Test
  void aDamagedFileCountsAgainstItsSourceWhereverItIsRead() throws Exception {
    scene.write("good/a.csv", rows(0));
    Files.write(folder.resolve("good/b.csv.gz"), new byte[] {0x1f, (byte) 0x8b, 8, 0, 1});
    scene.write("part.yaml", "recipe: part\nread:\n  - acquire.csv: { path: 'good/*' }\n");
    Files.createDirectories(folder.resolve("workspace"));
    assertThat(scene.quern("run", "part.yaml").code()).isEqualTo(3);
    Availability log = new Workspace(folder.resolve("workspace")).availability();
    assertThat(log.of("source good/*"))
        .singleElement()
        .satisfies(
            one -> assertThat(one.failures()).containsExactly(Map.entry("damaged_gzip", 1L)));
  }

  @Test
  void aReferenceIsJoinedByKeyAndLeavesNothingInTheVersion() throws Exception {
    // 1,000 of 1,500 samples have a reference; every tenth of these says something else.
    StringBuilder reference = new StringBuilder("key,zip,town\n");
    for (int i = 0; i < 1000; i++) {
      reference.append(i).append(",x,").append(i % 10 == 0 ? "other" : " Z" + i * 7 % 23 + " ");
      reference.append('\n');
    }
    reference.append("7,x,second\n"); // A key that stands twice is set aside.
    scene.write("truth.csv", reference.toString());
    String source = "{ acquire.csv: { path: truth.csv, types: { key: long } } }";
    scene.write("truth.yaml", "recipe: truth\nmax_quarantined: 0.1\nread:\n  - " + source + "\n");
    scene.run("truth.yaml");
    for (String from : List.of(source, "{ dataset: truth }")) {
      String check = "  - { metric: \"accuracy(zip, town)\", reference: " + from;
      scene.write(
          "compared.yaml",
          "recipe: compared\nmax_quarantined: 0.1\nread:\n"
              + "  - acquire.csv: { path: part0.csv }\nsteps:\n"
              + "  - quality.rename: { fields: { id: key } }\nchecks:\n"
              + check
              + ", by: [key], at_least: 0.5 }\n");
      RunResult result = scene.run("compared.yaml");
      assertThat(result.status()).isEqualTo(RunResult.Status.DONE);
      Map<String, @Nullable Object> accuracy = quality(result, "accuracy").get(0);
      assertThat(accuracy.get("numerator")).isEqualTo(900.0);
      assertThat(accuracy.get("denominator")).isEqualTo(1000.0);
      assertThat(accuracy.get("basis")).isEqualTo("reference");
      Map<String, @Nullable Object> coverage = quality(result, "accuracy").get(1);
      assertThat(coverage.get("name")).isEqualTo("reference_coverage");
      assertThat(coverage.get("value")).isEqualTo(1000.0 / 1500);
      assertThat(manifest("compared").schema().names()).containsExactly("key", "zip", "city", "at");
      assertThat(manifest("compared").samples()).isEqualTo(1500);
      Map<String, @Nullable Object> whole = Scene.part(result.report(), "accounting");
      assertThat(whole.get("conserved")).as(Json.write(whole)).isEqualTo(true);
      // The reference is told apart: none of its samples was read for the version or merged into
      // it.
      assertThat(whole.get("read")).isEqualTo(1500L);
      assertThat(whole.get("kept")).isEqualTo(1500L);
      assertThat(whole.get("merged")).isEqualTo(0L);
      Map<String, @Nullable Object> beside =
          Json.object(Json.list(result.report().get("sources")).get(1));
      assertThat(beside.get("use")).isEqualTo("reference");
      assertThat(Scene.part(beside, "counts").get("read")).isEqualTo(1001L);
      assertThat(Files.readString(result.page())).contains("reference of a check");
      assertThat(scene.quern("show", "compared", "--metrics").out())
          .contains("900 / 1,000", "reference");
    }
  }

  @Test
  void accuracyWithoutFieldsComparesAllThatTheReferenceHas() throws Exception {
    scene.write("mine.csv", "key,a,b,c\n1,x,1,q\n2,y,2,q\n3,,3,q\n");
    scene.write("truth.csv", "key,b,a\n3,3,z\n1,1,x\n2,5,y\n");
    scene.write(
        "whole.yaml",
        "recipe: whole\nread:\n  - acquire.csv: { path: mine.csv }\nchecks:\n"
            + "  - { metric: accuracy(), reference: { acquire.csv: { path: truth.csv } },"
            + " by: [key], at_least: 0.6 }\n");
    RunResult result = scene.run("whole.yaml");
    assertThat(result.status()).isEqualTo(RunResult.Status.DONE);
    Map<String, @Nullable Object> accuracy = quality(result, "accuracy").get(0);
    assertThat(accuracy.get("numerator")).isEqualTo(4.0);
    assertThat(accuracy.get("denominator")).isEqualTo(6.0);
    // Of all fields together, how many have a reference, then field by field.
    assertThat(quality(result, "accuracy").stream().map(row -> row.get("value")))
        .containsExactly(4.0 / 6, 1.0, 2.0 / 3, 2.0 / 3);
  }

  @Test
  void aReferenceThatCannotBeJoinedIsAMistakeOfTheRecipe() throws Exception {
    String begin =
        "recipe: a\nread:\n  - acquire.csv: { path: part0.csv }\nchecks:\n  - { metric: ";
    String from = ", reference: { acquire.csv: { path: part1.csv } }, ";
    Map<String, String> mistakes = new LinkedHashMap<>();
    mistakes.put("accuracy(city)" + from, "fix: add by: [field]");
    mistakes.put("accuracy(city)" + from + "by: [nothing], ", "nothing");
    mistakes.put("accuracy(town)" + from + "by: [id], ", "found: town");
    mistakes.put("completeness(city)" + from + "by: [id], ", "must stand with accuracy(field)");
    for (Map.Entry<String, String> mistake : mistakes.entrySet()) {
      scene.write("wrong.yaml", begin + mistake.getKey() + "at_least: 0.5 }\n");
      Scene.Said said = scene.quern("plan", "wrong.yaml");
      assertThat(said.code()).as(mistake.getKey() + said.out()).isEqualTo(2);
      assertThat(said.err()).contains(mistake.getValue());
    }
  }

  private Manifest manifest(String name) throws Exception {
    return new Workspace(folder.resolve("workspace")).datasets().resolve(Reference.parse(name));
  }
}
