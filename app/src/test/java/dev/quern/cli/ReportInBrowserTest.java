package dev.quern.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.quern.format.json.Json;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The report of the tickets example as a browser shows it: what is to be seen is what was measured.
 * The system property {@code quern.screenshots} names a folder that gets the pictures.
 */
class ReportInBrowserTest {
  private static final int WIDTH = 1280;
  private static final List<String> SECTIONS =
      List.of(
          "dataset",
          "checks",
          "quality",
          "model",
          "sources",
          "flow",
          "fields",
          "learnt",
          "work",
          "recipe",
          "environment");

  @TempDir private Path folder;

  private Browser browser() {
    Browser found = Browser.find(folder).orElse(null);
    if (found == null) {
      // A build server that looks at no page would prove nothing.
      assertThat(System.getenv("CI")).as("CI must have Chromium on its PATH").isNotEqualTo("true");
      assumeTrue(false, "no Chromium on the PATH: the report is not looked at");
      throw new IllegalStateException();
    }
    return found;
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "zh"})
  void theReportShowsWhatWasMeasured(String language) throws Exception {
    Browser browser = browser();
    Path run = tickets(language);
    Path page = run.resolve("report.html");
    Map<String, @Nullable Object> report =
        Json.parseObject(Files.readString(run.resolve("report.json"), StandardCharsets.UTF_8));

    Map<String, @Nullable Object> facts = browser.facts(page, WIDTH);

    assertThat(facts.get("lang")).isEqualTo(language.equals("zh") ? "zh-CN" : "en");
    assertThat(Values.text(facts, "title")).startsWith("tickets · ");
    assertThat(Json.list(facts.get("sections"))).isEqualTo(List.copyOf(SECTIONS));
    tiles(facts, report);
    sources(facts, report);
    steps(facts, report);
    checks(facts, report);
    fields(facts, report);
    labels(facts, report);
    model(facts, report);
    isSelfContained(facts);
    assertThat(Values.text(facts, "text")).doesNotContain("⟦").doesNotContain("null");
    assertThat(Files.size(page)).isLessThan(1_000_000);

    fits(facts, WIDTH);
    fits(browser.paper(page), 695);
    looks(browser, page, (int) Values.count(facts, "height"), language);
  }

  @Test
  void aFieldNamedLikeAScriptIsOnlyText() throws Exception {
    Browser browser = browser();
    String hostile = "<script>document.title='executed'</script><img src=x onerror=alert(1)>";
    Path data = folder.resolve("hostile.csv");
    StringBuilder csv = new StringBuilder("id,\"" + hostile + "\"\n");
    for (int i = 0; i < 50; i++) {
      csv.append(i).append(",\"").append(hostile).append("\"\n");
    }
    Files.writeString(data, csv, StandardCharsets.UTF_8);
    Path recipe = folder.resolve("recipe.yaml");
    Files.writeString(
        recipe,
        "recipe: hostile\nread:\n  - acquire.csv: { path: hostile.csv }\n    name: \""
            + hostile
            + "\"\n",
        StandardCharsets.UTF_8);
    Path page = run(recipe, "en").resolve("report.html");

    Map<String, @Nullable Object> facts = browser.facts(page, WIDTH);

    assertThat(facts.get("title")).isEqualTo("hostile · Report");
    assertThat(Values.text(facts, "text")).contains(hostile);
    isSelfContained(facts);
    fits(facts, WIDTH);
    fits(browser.paper(page), 695);
  }

  private Path tickets(String language) throws IOException {
    Path example = Path.of("../examples/tickets");
    Path copy = folder.resolve("tickets");
    try (Stream<Path> files = Files.walk(example)) {
      for (Path file : files.filter(f -> !f.toString().contains("workspace")).toList()) {
        Path target = copy.resolve(example.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
    return run(copy.resolve("recipe.yaml"), language);
  }

  /** Runs a recipe and returns the folder of the run. */
  private Path run(Path recipe, String language) throws IOException {
    Terminal terminal = new Terminal(recipe.toAbsolutePath().getParent());
    int code = terminal.run("run", "--lang", language);
    assertThat(code).as(terminal.out() + terminal.err()).isZero();
    Path runs = recipe.resolveSibling("workspace").resolve("runs");
    try (Stream<Path> all = Files.list(runs)) {
      return all.sorted().reduce((a, b) -> b).orElseThrow();
    }
  }

  private static void tiles(
      Map<String, @Nullable Object> facts, Map<String, @Nullable Object> report) {
    Map<String, @Nullable Object> account = Values.part(report, "accounting");
    assertThat(Values.count(account, "read")).isEqualTo(3000);
    for (String name : List.of("read", "kept", "dropped", "quarantined")) {
      assertThat(Values.part(facts, "tiles").get(name))
          .as(name)
          .isEqualTo(count(Values.count(account, name)));
    }
  }

  private static void sources(
      Map<String, @Nullable Object> facts, Map<String, @Nullable Object> report) {
    List<List<String>> rows = rows(facts, "sources");
    List<Map<String, @Nullable Object>> sources = Values.parts(report, "sources");
    assertThat(rows).hasSameSizeAs(sources).hasSize(2);
    for (int i = 0; i < rows.size(); i++) {
      Map<String, @Nullable Object> counts = Values.part(sources.get(i), "counts");
      assertThat(rows.get(i).get(0))
          .isEqualTo(sources.get(i).get("name") + "\n" + sources.get(i).get("operator"));
      assertThat(rows.get(i).get(4)).isEqualTo(count(Values.count(counts, "read")));
      assertThat(rows.get(i).get(5)).isEqualTo(count(Values.count(counts, "quarantined")));
    }
  }

  private static void steps(
      Map<String, @Nullable Object> facts, Map<String, @Nullable Object> report) {
    List<List<String>> rows = rows(facts, "flow");
    List<Map<String, @Nullable Object>> steps = Values.parts(report, "steps");
    assertThat(rows).hasSameSizeAs(steps).hasSize(12);
    for (int i = 0; i < rows.size(); i++) {
      Map<String, @Nullable Object> counts = Values.part(steps.get(i), "counts");
      assertThat(rows.get(i).get(1)).startsWith(Values.text(steps.get(i), "label") + "\n");
      assertThat(rows.get(i).get(2)).isEqualTo(count(Values.count(counts, "read")));
      assertThat(rows.get(i).get(4)).isEqualTo(count(Values.count(counts, "kept")));
      for (Map.Entry<String, @Nullable Object> reason : Values.part(counts, "reasons").entrySet()) {
        long n = Values.count(Values.part(counts, "reasons"), reason.getKey());
        assertThat(rows.get(i).get(5)).contains(reason.getKey() + " " + count(n));
      }
    }
  }

  private static void checks(
      Map<String, @Nullable Object> facts, Map<String, @Nullable Object> report) {
    List<String> shown = rows(facts, "checks").stream().map(row -> row.get(0)).toList();
    List<String> made =
        Values.parts(report, "checks").stream().map(c -> Values.text(c, "check")).toList();
    assertThat(shown).isEqualTo(made).hasSize(4);
  }

  private static void fields(
      Map<String, @Nullable Object> facts, Map<String, @Nullable Object> report) {
    List<List<String>> rows = rows(facts, "fields");
    List<Map<String, @Nullable Object>> schema =
        Values.parts(Values.part(report, "dataset"), "schema");
    assertThat(rows).hasSameSizeAs(schema);
    for (int i = 0; i < rows.size(); i++) {
      String name = Values.text(schema.get(i), "name");
      Map<String, @Nullable Object> profile = Values.part(Values.part(report, "profile"), name);
      assertThat(rows.get(i).get(0)).startsWith(name + "\n");
      assertThat(rows.get(i).get(2)).endsWith(count(Values.count(profile, "distinct")));
    }
    assertThat(Values.count(facts, "svgs")).isGreaterThan(schema.size());
  }

  /** Every sample of the example has a label, so the labels of all splits make the version. */
  private static void labels(
      Map<String, @Nullable Object> facts, Map<String, @Nullable Object> report) {
    Map<String, @Nullable Object> profile = Values.part(Values.part(report, "profile"), "category");
    Map<String, @Nullable Object> dataset = Values.part(report, "dataset");
    List<List<String>> rows = rows(facts, "labels");
    assertThat(rows).hasSize(5);
    for (String split : List.of("train", "validation", "test")) {
      List<Map<String, @Nullable Object>> counts = Values.parts(profile, "label_" + split);
      long sum = counts.stream().mapToLong(label -> Values.count(label, "value")).sum();
      assertThat(sum).isEqualTo(Values.count(Values.part(dataset, "splits"), split));
      for (int i = 0; i < rows.size(); i++) {
        assertThat(rows.get(i).get(0)).isEqualTo(counts.get(i).get("part"));
      }
    }
    assertThat(rows.get(0).get(1))
        .endsWith(count(Values.count(Values.parts(profile, "label_train").get(0), "value")));
  }

  private static void model(
      Map<String, @Nullable Object> facts, Map<String, @Nullable Object> report) {
    Map<String, @Nullable Object> model = Values.part(report, "model");
    List<Map<String, @Nullable Object>> whole =
        Values.parts(model, "metrics").stream().filter(m -> m.get("part") == null).toList();
    List<List<String>> rows = rows(facts, "metrics");
    assertThat(rows).hasSameSizeAs(whole);
    for (int i = 0; i < rows.size(); i++) {
      double shown = Double.parseDouble(rows.get(i).get(1));
      assertThat(shown)
          .isCloseTo(
              Values.number(whole.get(i), "value"), org.assertj.core.data.Offset.offset(6e-5));
    }
    Map<String, @Nullable Object> details = Values.part(model, "details");
    List<String> test = rows(facts, "model-samples").get(2);
    assertThat(test.get(1)).isEqualTo(count(Values.count(details, "test_samples_read")));
    assertThat(test.get(2)).isEqualTo(count(Values.count(details, "test_samples_scored")));
    assertThat(rows(facts, "classes")).hasSize(Values.part(details, "classes").size());
  }

  private static void isSelfContained(Map<String, @Nullable Object> facts) {
    assertThat(Json.list(facts.get("requests"))).as("requests").isEmpty();
    assertThat(Json.list(facts.get("outside"))).as("links to the outside").isEmpty();
    assertThat(Values.count(facts, "scripts")).isZero();
  }

  private static void fits(Map<String, @Nullable Object> facts, int width) {
    assertThat(Values.count(facts, "width")).as("width").isLessThanOrEqualTo(width);
    assertThat(Json.list(facts.get("over"))).as("parts wider than their place").isEmpty();
  }

  private void looks(Browser browser, Path page, int height, String language) throws Exception {
    String chosen = System.getProperty("quern.screenshots");
    Path pictures = chosen == null ? folder : Files.createDirectories(Path.of(chosen));
    Path png = pictures.resolve("report-" + language + ".png");
    browser.screenshot(page, WIDTH, Math.min(height, 12_000), png);
    BufferedImage picture = ImageIO.read(png.toFile());
    assertThat(picture.getWidth()).isEqualTo(WIDTH);
    assertThat(picture.getHeight()).isGreaterThan(2000);
    Set<Integer> colours = new HashSet<>();
    int quarter = picture.getHeight() / 4;
    for (int from = 0; from < 4; from++) {
      Set<Integer> here = new HashSet<>();
      for (int y = from * quarter; y < (from + 1) * quarter; y++) {
        for (int x = 0; x < WIDTH; x++) {
          here.add(picture.getRGB(x, y));
        }
      }
      // Letters are smoothed: a part with text has dozens of greys.
      assertThat(here).as("colours in quarter " + from).hasSizeGreaterThan(20);
      colours.addAll(here);
    }
    assertThat(colours).hasSizeGreaterThan(100);
    Path pdf = pictures.resolve("report-" + language + ".pdf");
    browser.print(page, pdf);
    assertThat(Files.size(pdf)).isGreaterThan(20_000);
  }

  private static List<List<String>> rows(Map<String, @Nullable Object> facts, String table) {
    List<List<String>> rows = new ArrayList<>();
    for (Object row : Json.list(Values.part(facts, "tables").get(table))) {
      rows.add(Json.list(row).stream().map(String::valueOf).toList());
    }
    return rows;
  }

  private static String count(long samples) {
    return String.format(Locale.ROOT, "%,d", samples);
  }
}
