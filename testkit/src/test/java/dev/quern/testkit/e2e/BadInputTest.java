package dev.quern.testkit.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.engine.DataException;
import dev.quern.run.RunResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Whatever a source holds: a message with place, rule and fix, or quarantine; every sample is
 * accounted for, and the versions there were stay as they were.
 */
class BadInputTest {
  private static final String CANARY = "CANARY4711";
  private static final String ROWS =
      "id,name\n"
          + IntStream.range(0, 300)
              .mapToObj(i -> i + ",name " + i)
              .collect(Collectors.joining("\n"));

  @TempDir private Path folder;

  /** A file, how it is read, and what becomes of it. */
  private record Case(String file, byte[] content, String parameters, Outcome outcome) {
    @Override
    public String toString() {
      return file + (parameters.isEmpty() ? "" : " " + parameters) + ": " + outcome;
    }
  }

  private sealed interface Outcome {
    /** Nothing is written; the message begins behind the file's name. */
    record Refused(String code, String message) implements Outcome {}

    /** What cannot be read is set aside, by rule. */
    record Kept(long samples, Map<String, Long> rules) implements Outcome {}
  }

  private static Case refused(String file, byte[] content, String code, String message) {
    return new Case(file, content, "", new Outcome.Refused(code, message));
  }

  private static Case kept(
      String file, byte[] content, String parameters, long kept, Object... rules) {
    Map<String, Long> counts = new TreeMap<>();
    for (int i = 0; i < rules.length; i += 2) {
      counts.put((String) rules[i], ((Integer) rules[i + 1]).longValue());
    }
    return new Case(file, content, parameters, new Outcome.Kept(kept, counts));
  }

  private static Case kept(String file, String content, long kept, Object... rules) {
    return kept(file, content.getBytes(UTF_8), "", kept, rules);
  }

  static final List<Case> CASES =
      List.of(
          // Compressed files that are cut or damaged.
          refused("cut.csv.gz", cut(gzip(ROWS)), "damaged_gzip", "found: ends early;"),
          refused("flip.csv.gz", flipped(gzip(ROWS)), "damaged_gzip", "found: damaged data;"),
          refused("magic.csv.gz", ROWS.getBytes(UTF_8), "damaged_gzip", "must begin as gzip data"),
          refused("none.csv.gz", new byte[0], "damaged_gzip", "found: an empty file;"),
          refused("cut.csv.zst", cut(zstd(ROWS)), "damaged_zstd", "found: ends early;"),
          refused("flip.csv.zst", flipped(zstd(ROWS)), "damaged_zstd", "found: damaged data;"),
          refused("none.parquet", new byte[0], "not_parquet", "must be at least 12 bytes long;"),
          refused("text.parquet", ROWS.getBytes(UTF_8), "not_parquet", "must begin with PAR1;"),
          refused("cut.parquet", "PAR1 and more".getBytes(UTF_8), "not_parquet", "must end with"),
          refused("bad.parquet", "PAR1??\0\0\7\7PAR1".getBytes(UTF_8), "parquet_damaged", "whole;"),
          // Files that hold nothing, or nothing that is text.
          refused("none.csv", new byte[0], "source_empty", "must hold a header or a row,"),
          refused(
              "blank.csv", "\n \r\n".getBytes(UTF_8), "source_empty", "found: nothing (4 bytes)"),
          refused("none.jsonl", new byte[0], "source_empty", "must hold a sample,"),
          refused(
              "mark.jsonl", "\ufeff".getBytes(UTF_8), "source_empty", "found: nothing (3 bytes)"),
          refused(
              "zero.csv", new byte[9000], "header_malformed", "must hold no control characters;"),
          kept("header.csv", "a,b\n", 0),
          kept("zero.jsonl", new byte[9000], "", 0, "malformed_json", 1),
          kept("none.txt", new byte[0], "sample: line", 0),
          // Nesting, NUL, surrogates, names that stand twice.
          kept("deep.jsonl", "{\"a\":1}\n" + "[".repeat(100_000) + "\n", 1, "not_an_object", 1),
          kept(
              "deep2.jsonl",
              ("{\"a\":\"\"}\n{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}\n")
                  .getBytes(UTF_8),
              "",
              1,
              "too_deep",
              1),
          kept("deep.json", "[".repeat(100_000), 0, "not_an_object", 1, "unclosed_array", 1),
          kept("cut.json", "[{\"a\":1},{\"a\":2},", 2, "unclosed_array", 1),
          kept("nul.csv", "a,b\n1,x\n2,\0\n\0,z\n4,w\n", 2, "nul_byte", 2),
          kept("nul.jsonl", "{\"a\":\"x\"}\n{\"a\":\"\0\"}\n\0\n", 1, "malformed_json", 2),
          kept(
              "lone.jsonl",
              "{\"a\":\"\\ud800\"}\n{\"a\":\"\\ud83d\\ude00\"}\n",
              1,
              "lone_surrogate",
              1),
          kept("twice.jsonl", "{\"a\":1,\"a\":2}\n{\"a\":3}\n", 1, "duplicate_key", 1),
          refused(
              "twice.csv", "a,b,a\n1,2,3\n".getBytes(UTF_8), "header_malformed", "unique names;"),
          refused(
              "missing.csv", "a,,b\n1,2,3\n".getBytes(UTF_8), "header_malformed", "every cell;"),
          kept("deep.csv", "a,b\n1,\"" + "[".repeat(100_000) + "\"\n", 1),
          kept(
              "types.jsonl",
              "{\"a\":" + "[".repeat(100) + "]".repeat(100) + "}\n{\"a\":[[]]}\n",
              2),
          // Numbers at their edges.
          kept(
              "numbers.jsonl",
              ("{\"a\":1e400}\n{\"a\":-1e400}\n{\"a\":NaN}\n{\"a\":Infinity}\n{\"a\":01}\n{\"a\":.5}\n"
                      + "{\"a\":1.}\n{\"a\":+1}\n{\"a\":0x10}\n{\"a\":1e-400}\n{\"a\":-0}\n{\"a\":1e308}\n")
                  .getBytes(UTF_8),
              "types: { a: double }",
              3,
              "out_of_range",
              2,
              "malformed_json",
              7),
          kept(
              "longs.jsonl",
              ("{\"a\":9223372036854775807}\n{\"a\":9223372036854775808}\n{\"a\":1.5}\n"
                      + "{\"a\":1e2}\n{\"a\":-9223372036854775808}\n{\"a\":"
                      + "9".repeat(1001)
                      + "}\n")
                  .getBytes(UTF_8),
              "types: { a: long }",
              2,
              "out_of_range",
              1,
              "not_a_long",
              2,
              "too_long",
              1),
          kept(
              "numbers.csv",
              ("a,b\n1e400,1\nNaN,1\nInfinity,1\n-inf,1\n1e-400,1\n007,1\n1.5,9223372036854775808\n"
                      + "1_000,1\n0x10,1\n\" 2 \", 3 \n")
                  .getBytes(UTF_8),
              "types: { a: double, b: long }",
              3,
              "not_a_double",
              5,
              "out_of_range",
              2),
          // Rows that do not fit the header, numbers and dates that are none.
          kept(
              "ragged.csv",
              "a,b,c\n1,2,3\n1,2\n\n1,2,3,4\n5,6,7\n",
              2,
              "too_few_fields",
              1,
              "too_many_fields",
              1),
          kept(
              "dates.csv",
              ("d,t\n0000-01-01,0000-01-01T00:00:00Z\n9999-12-31,9999-12-31T23:59:59.999999Z\n"
                      + "0000-02-29,1900-03-01\n1900-02-29,1\n10000-01-01,2\n-001-01-01,3\n,24:00\n")
                  .getBytes(UTF_8),
              "types: { d: date, t: timestamp }",
              3,
              "not_a_date",
              3,
              "not_a_timestamp",
              1),
          kept(
              "comma.csv",
              "a;b\n1,5;2\n2.5;3\n".getBytes(UTF_8),
              "types: { a: double }",
              1,
              "not_a_double",
              1),
          kept("comma2.csv", "a;b\n1,5;2\n2,5;3\n", 2),
          kept("quotes.tsv", "a\tb\n\"x\t1\ny\"\t2\n".getBytes(UTF_8), "quote: none", 2),
          kept("ends.csv", "a,b\r1,2\r\n3,4\n5,6\r\r\n\n7,\"8\r\n9\"", 4),
          kept("ends.jsonl", "{\"a\":1}\r\n{\"a\":2}\n\r\n{\"a\":3}\r", 3),
          kept("ends.txt", "one\r\n\rtwo\n".getBytes(UTF_8), "sample: line", 2),
          refused("names.csv", "a, a \n1,2\n".getBytes(UTF_8), "header_malformed", "unique names;"),
          kept("array.json", "[1,2]", 0, "not_an_object", 2),
          kept("open.csv", "a,b\n1,\"x\n2,y\n3,z\n", 2, "unclosed_quote", 1),
          // Encodings.
          kept("latin.csv", "a,b\n1,Zoë\n2,x\n".getBytes(ISO_8859_1), "", 1, "malformed_utf8", 1),
          kept("latin2.csv", "a,b\n1,Zoë\n2,x\n".getBytes(ISO_8859_1), "encoding: windows_1252", 2),
          kept("mixed.csv", mixed(), "", 2, "malformed_utf8", 2),
          kept("mixed.txt", mixed(), "sample: line", 3, "malformed_utf8", 2),
          kept("utf16.jsonl", "\ufeff{\"a\":\"北京\"}\n".getBytes(UTF_16LE), "", 1),
          kept(
              "odd.csv",
              Arrays.copyOf("\ufeffa,b\n1,x\n2,y".getBytes(UTF_16LE), 25),
              "",
              1,
              "malformed_utf8",
              1),
          kept("mark8.csv", "\ufeffa,b\n1,x\n".getBytes(UTF_8), "", 1),
          kept("markle.csv", "\ufeffa,b\n1,北京\n".getBytes(UTF_16LE), "", 1),
          kept("markbe.csv", "\ufeffa,b\n1,北京\n".getBytes(UTF_16BE), "", 1),
          kept("markbe.json", "\ufeff[{\"a\":1},{\"a\":2}]".getBytes(UTF_16BE), "", 2),
          kept("mark.txt", "\ufeffone\ntwo\n".getBytes(UTF_16BE), "sample: line", 2),
          kept(
              "wrong.csv",
              "a,b\n1,x\n".getBytes(UTF_8),
              "encoding: utf_16le, fields: [a, b]",
              0,
              "too_few_fields",
              1),
          kept(
              "gb.txt",
              new byte[] {(byte) 0x81, 0x30, (byte) 0xbc, '\n', 'x', '\n', (byte) 0x81, '\n'},
              "sample: line, encoding: gb18030",
              1,
              "malformed_utf8",
              2),
          kept(
              "pair.txt",
              units("\ufeffa\ud800\nb\n\udc00\nc"),
              "sample: line",
              2,
              "malformed_utf8",
              2),
          // Many fields, long lines, ends of lines of all kinds.
          kept("wide.csv", wide(",") + "\n" + wide(",") + "\n", 1),
          kept("wide.jsonl", "{\"" + wide("\":1,\"") + "\":1}\n", 1),
          kept(
              "long.csv",
              ("a,b\r1,2\r3," + "x".repeat(5000) + "\r4,5\r").getBytes(UTF_8),
              "max_row_bytes: 100",
              2,
              "too_long",
              1),
          kept(
              "long.jsonl",
              ("{\"a\":1}\n{\"a\":" + "9".repeat(500) + "}\n{\"a\":2}").getBytes(UTF_8),
              "max_sample_bytes: 100, types: { a: long }",
              2,
              "too_long",
              1));

  @ParameterizedTest
  @FieldSource("CASES")
  void whateverASourceHolds(Case bad) throws Exception {
    Scene scene = new Scene(folder);
    scene.write("good.csv", "id,name\n1,x\n");
    scene.write("recipe.yaml", recipe("good.csv", ""));
    String good = Scene.digest(scene.run("recipe.yaml"));
    Map<String, String> before = scene.published("workspace");
    scene.write(bad.file(), bad.content());
    scene.write("recipe.yaml", recipe(bad.file(), bad.parameters()));
    if (bad.outcome() instanceof Outcome.Refused refused) {
      DataException told =
          org.assertj.core.api.Assertions.catchThrowableOfType(
              DataException.class, () -> scene.run("recipe.yaml"));
      assertThat(told).as("must be refused").isNotNull();
      assertThat(told.code()).isEqualTo(refused.code());
      assertThat(told).hasMessageStartingWith(bad.file()).hasMessageContaining(refused.message());
      assertThat(told.getMessage()).contains("must ", "; found: ");
      assertThat(scene.published("workspace")).isEqualTo(before);
    } else {
      Outcome.Kept kept = (Outcome.Kept) bad.outcome();
      RunResult result = scene.run("recipe.yaml");
      Map<String, @Nullable Object> counts = Scene.part(result.report(), "accounting");
      long quarantined = kept.rules().values().stream().mapToLong(n -> n).sum();
      assertThat(counts.get("rules")).isEqualTo(kept.rules());
      assertThat(counts)
          .containsEntry("read", kept.samples() + quarantined)
          .containsEntry("kept", kept.samples())
          .containsEntry("quarantined", quarantined)
          .containsEntry("conserved", true);
      Map<String, String> after = scene.published("workspace");
      before.remove("datasets/bad/HEAD");
      assertThat(after).containsAllEntriesOf(before);
    }
    scene.write("recipe.yaml", recipe("good.csv", ""));
    assertThat(Scene.digest(scene.run("recipe.yaml"))).isEqualTo(good);
  }

  private static String recipe(String file, String parameters) {
    String reader =
        file.contains(".json")
            ? "jsonl"
            : file.endsWith(".parquet") ? "parquet" : file.endsWith(".txt") ? "text" : "csv";
    String more = parameters.isEmpty() ? "" : ", " + parameters;
    return "recipe: bad\nmax_quarantined: 1\nread:\n  - acquire.%s: { path: \"%s\"%s }\n"
        .formatted(reader, file, more);
  }

  /**
   * The whole process, as a user meets it: one line with place, rule and fix, and the exit code.
   */
  @Test
  void theProgramTellsOneLineAndEndsWithTheCodeOfData() throws Exception {
    Scene scene = new Scene(folder);
    scene.write("flip.csv.gz", flipped(gzip(ROWS.replace("name", CANARY))));
    scene.write("recipe.yaml", recipe("flip.csv.gz", ""));
    Scene.Said refused = scene.quern("run", "recipe.yaml");
    assertThat(refused.code()).as(refused.err()).isEqualTo(3);
    assertThat(refused.out()).isEmpty();
    assertThat(refused.told()).singleElement().asString().startsWith("flip.csv.gz @ ");
    assertThat(refused.err()).doesNotContain(CANARY, "Exception");
    scene.write("one.csv", "id,name\n1,\"" + CANARY + "\n2,x\n");
    scene.write("recipe.yaml", recipe("one.csv", "").replace("max_quarantined: 1\n", ""));
    Scene.Said said = scene.quern("run", "recipe.yaml");
    assertThat(said.code()).as(said.err()).isEqualTo(3);
    assertThat(said.out() + said.err())
        .contains("more than 1 % of a source was quarantined")
        .contains("1 (unclosed_quote 1); first: one.csv:2  sample must be a row of RFC 4180")
        .doesNotContain(CANARY);
  }

  /** UTF-16LE as it is, where a charset would mend halves of pairs. */
  private static byte[] units(String text) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    text.chars().forEach(c -> all.writeBytes(new byte[] {(byte) c, (byte) (c >> 8)}));
    return all.toByteArray();
  }

  private static byte[] mixed() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes("n,t\n1,大学之道在明明德\n2,在亲民\n".getBytes(UTF_8));
    all.writeBytes("3,上海市的天气今天很好\n4,重庆的天气昨天不好\n".getBytes(Charset.forName("GB18030")));
    return all.toByteArray();
  }

  private static String wide(String between) {
    return IntStream.range(0, 10_000).mapToObj(i -> "f" + i).collect(Collectors.joining(between));
  }

  private static byte[] gzip(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(text.getBytes(UTF_8));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** Frames with checksum, as the zstd program writes them. */
  private static byte[] zstd(String text) {
    try (com.github.luben.zstd.ZstdCompressCtx context =
        new com.github.luben.zstd.ZstdCompressCtx()) {
      return context.setChecksum(true).compress(text.getBytes(UTF_8));
    }
  }

  private static byte[] cut(byte[] bytes) {
    return Arrays.copyOf(bytes, bytes.length / 2);
  }

  private static byte[] flipped(byte[] bytes) {
    byte[] broken = bytes.clone();
    broken[broken.length / 2] ^= 0x10;
    return broken;
  }
}
