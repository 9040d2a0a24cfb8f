package dev.quern.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class YamlReaderTest {
  private final List<Problem> problems = new ArrayList<>();

  private Located read(String text) {
    return YamlReader.read(text, "r.yaml", problems).orElseThrow();
  }

  private List<String> shown() {
    return problems.stream().map(Problem::toString).toList();
  }

  @Test
  void plainScalarsFollowTheCoreSchemaOfYaml12() {
    Located found =
        read(
            "[~, null, '', true, False, no, on, 12, -0, +7, 0o17, 0x1F, 1.5, .5, 1e3, 1_000,"
                + " 2024-01-02, 12:30, \"12\", 0b1, 1., -.inf]");
    assertThat(found.plain())
        .isEqualTo(
            Arrays.asList(
                null,
                null,
                "",
                true,
                false,
                "no",
                "on",
                12L,
                0L,
                7L,
                15L,
                31L,
                1.5,
                0.5,
                1000.0,
                "1_000",
                "2024-01-02",
                "12:30",
                "12",
                "0b1",
                1.0,
                Double.NEGATIVE_INFINITY));
    assertThat(problems).isEmpty();
  }

  @Test
  void everyKeyAndValueKnowsItsPlace() {
    Located root = read("a: 1\n列:\n  - x\n  - {k: [1, 2]}\n");
    Located.Mapping map = (Located.Mapping) root;
    assertThat(map.keyPlace("列")).hasToString("r.yaml:2:1");
    assertThat(root.place("a")).hasToString("r.yaml:1:4");
    assertThat(root.place("列", "1", "k", "1")).hasToString("r.yaml:4:13");
    assertThat(root.place("列", "1", "none")).hasToString("r.yaml:4:5");
    assertThat(root.place("列", "7")).hasToString("r.yaml:3:3");
    assertThat(map.find("none")).isEqualTo(Optional.empty());
  }

  @Test
  void columnsCountCodePoints() {
    read("{😀😀: 1, a: !!int 2}");
    assertThat(shown()).containsExactly("r.yaml:1:12  YAML tags are not allowed; found: !!int");
  }

  @Test
  void doubleKeysAreReportedAndTheFirstCounts() {
    Located root = read("a: 1\nb: 2\na: 3\n");
    assertThat(shown())
        .containsExactly("r.yaml:3:1  keys must be unique; found again: a; first in line 1");
    assertThat(root.plain()).isEqualTo(Map.of("a", 1L, "b", 2L));
  }

  @Test
  void tagsAnchorsAndAliasesAreReportedWhereTheyStand() {
    read("a: &x {b: 1}\nc: *x\nd: !!str 5\ne: !Secret y\n? !t k\n: 1\n");
    assertThat(shown())
        .containsExactly(
            "r.yaml:1:4  YAML anchors are not allowed; found: &x",
            "r.yaml:2:4  YAML aliases are not allowed; found: *x; write the value out",
            "r.yaml:3:4  YAML tags are not allowed; found: !!str",
            "r.yaml:4:4  YAML tags are not allowed; found: !Secret",
            "r.yaml:5:3  YAML tags are not allowed; found: !t");
  }

  @Test
  void keysThatAreNoTextsAndFurtherDocumentsAreReported() {
    read("? [a]\n: 1\nb: 2\n---\nc: 3\n");
    assertThat(shown())
        .containsExactly(
            "r.yaml:1:3  keys must be texts; found: a list",
            "r.yaml:4:1  file must hold one YAML document; found: another");
  }

  @Test
  void keysAreTextsAsWritten() {
    assertThat(read("{1: a, true: b, 0x1: c, 99999999999999999999: d}").plain())
        .isEqualTo(Map.of("1", "a", "true", "b", "0x1", "c", "99999999999999999999", "d"));
    assertThat(problems).isEmpty();
  }

  @Test
  void numbersBeyond64BitsAreReported() {
    read("[9223372036854775808, 1e999]");
    assertThat(shown())
        .containsExactly(
            "r.yaml:1:2  whole number must fit in 64 bits; found: 9223372036854775808; quote it to"
                + " mean a text",
            "r.yaml:1:23  number must fit in 64 bits; found: 1e999");
  }

  @Test
  void brokenSyntaxHasAPlace() {
    assertThat(YamlReader.read("a: 1\nb: c: d\n", "r.yaml", problems)).isEmpty();
    assertThat(YamlReader.read("a: @x", "r.yaml", problems)).isEmpty();
    assertThat(YamlReader.read("a: 1\nb: x\u0007", "r.yaml", problems)).isEmpty();
    assertThat(shown())
        .containsExactly(
            "r.yaml:2:5  YAML must be well-formed; found: mapping values are not allowed here",
            "r.yaml:1:4  YAML must be well-formed; found: found character '@' that cannot start any"
                + " token. (Do not use @ for indentation) while scanning for the next token",
            "r.yaml:2:5  YAML must consist of printable characters; found: U+0007");
  }

  @Test
  void anEmptyDocumentIsNoProblemOfYaml() {
    assertThat(YamlReader.read("# nothing\n", "r.yaml", problems)).isEmpty();
    assertThat(problems).isEmpty();
  }

  @Test
  void nestingIsBounded() {
    YamlReader.read("[".repeat(100_000) + "]".repeat(100_000), "r.yaml", problems);
    assertThat(shown())
        .containsExactly("r.yaml:1:66  YAML must have at most 64 levels; found: more");
  }

  @Test
  void noDocumentMakesTheReaderFail() {
    String[] parts = {
      "a",
      ": ",
      "\n",
      "  ",
      "- ",
      "[",
      "]",
      "{",
      "}",
      ",",
      "&x ",
      "*x",
      "!t ",
      "!!int ",
      "'",
      "\"",
      "|",
      ">",
      "?",
      "#",
      "---\n",
      "...\n",
      "%YAML 1.2\n",
      "1e5",
      "0x",
      "~",
      "\t",
      "é",
      "😀",
      "\u0000",
      "<<",
      "\r\n",
      "\\u00",
      "@",
      "`",
      "\uFEFF",
      "\uD800"
    };
    int read = 0;
    for (int seed = 0; seed < 30_000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(14); i >= 0; i--) {
        text.append(parts[random.nextInt(parts.length)]);
      }
      List<Problem> found = new ArrayList<>();
      Optional<Located> root = YamlReader.read(text.toString(), "r.yaml", found);
      read += root.isPresent() && found.isEmpty() ? 1 : 0;
      assertThat(found).allMatch(p -> p.place().line() >= 1 && p.place().column() >= 1);
      root.ifPresent(Located::plain);
    }
    assertThat(read).isGreaterThan(1000).isLessThan(29_000);
  }
}
