package dev.quern.acquire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.quern.catalog.StandardCatalog;
import dev.quern.data.SampleId;
import dev.quern.operator.BindException;
import dev.quern.operator.OperatorSpec;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AcquireTest {
  private static final int MORSEL = 1 << 20;

  @TempDir Path folder;

  @Test
  void everyReaderIsListedUnderItsPath() {
    List<OperatorSpec> readers =
        new StandardCatalog()
            .operators().stream().filter(spec -> spec.stage().equals("acquire")).toList();
    assertThat(readers)
        .extracting(spec -> spec.name())
        .containsExactly(
            "acquire.csv",
            "acquire.jsonl",
            "acquire.parquet",
            "acquire.text",
            "acquire.files",
            "acquire.label_studio",
            "acquire.synthetic");
    readers.forEach(
        spec ->
            spec.params()
                .forEach(
                    param -> {
                      assertThat(param.help().english()).endsWith(".");
                      assertThat(param.help().chinese()).endsWith("。");
                    }));
  }

  @Test
  void csvWithoutHeaderTakesNamesTypesAndCommentFromTheRecipe() throws IOException {
    write("a.csv", "|1x3 Cross validator\n39, State-gov,<=50K.\n?, Private,>50K.\n\n");
    Gathered read =
        Gathered.read(
            Csv.SPEC,
            "{\"path\":\"a.csv\",\"header\":\"none\",\"comment\":\"|\",\"fields\":[\"age\","
                + "\"workclass\",\"income\"],\"types\":{\"age\":\"long\"},\"delimiter\":\",\"}",
            folder,
            MORSEL);
    assertThat(read.schema).hasToString("struct<age: long, workclass: text, income: text>");
    assertThat(read.values).containsExactly(List.of(39L, " State-gov", "<=50K."));
    assertThat(read.quarantined).containsExactly("0 2 age not_a_long");
  }

  @Test
  void aTypeForAFieldThatIsNotThereIsAProblemOfTheRecipe() throws IOException {
    write("a.csv", "age,name\n1,x\n");
    assertThatThrownBy(
            () ->
                Gathered.read(
                    Csv.SPEC, "{\"path\":\"a.csv\",\"types\":{\"aeg\":\"long\"}}", folder, MORSEL))
        .isInstanceOf(BindException.class)
        .hasMessage("must name fields of the files; found: aeg; did you mean 'age'?");
  }

  @Test
  void wrongParametersAreToldWithTheirRule() {
    assertThatThrownBy(
            () ->
                Gathered.reader(Csv.SPEC, "{\"path\":\"a\",\"delimiter\":\"ab\",\"sha256\":\"1\"}"))
        .hasMessageContaining("must be one ASCII character or tab; found: \"ab\"")
        .hasMessageContaining("must be 64 hexadecimal digits");
    assertThatThrownBy(
            () ->
                Gathered.reader(
                    Synthetic.SPEC, "{\"samples\":1,\"fields\":{\"x\":\"uniform(2, 1)\"}}"))
        .hasMessageContaining("fields");
  }

  @Test
  void theOfficialAdultFilesAreReadWhole() throws IOException {
    Path data = Path.of(System.getProperty("quern.data", "../../shared/data"), "tab-adult");
    if (!Files.exists(data) && System.getenv("CI") == null) {
      Assumptions.abort("test data are not there: " + data);
    }
    Gathered read = Gathered.read(Csv.SPEC, "{\"path\":\"adult-t*.csv\"}", data, MORSEL);
    assertThat(read.quarantined).isEmpty();
    assertThat(read.values).hasSize(32_561 + 16_281);
    assertThat(new HashSet<>(read.ids)).hasSize(read.ids.size());
  }

  @Test
  void textIsReadByFileOrByLine() throws IOException {
    write("t/a.txt", "\ufeff第一行\r\n\r\n  \nsecond");
    Files.write(folder.resolve("t/b.txt"), "中文内容在这里\n".getBytes(Charset.forName("GB18030")));
    Files.write(folder.resolve("t/c.txt"), new byte[] {'o', 'k', '\n', (byte) 0xff, '\n', 'e'});
    Gathered lines =
        Gathered.read(Text.SPEC, "{\"path\":\"t/*.txt\",\"sample\":\"line\"}", folder, MORSEL);
    assertThat(lines.values)
        .containsExactly(
            List.of("第一行", "a.txt"),
            List.of("second", "a.txt"),
            List.of("中文内容在这里", "b.txt"),
            List.of("ok", "c.txt"),
            List.of("e", "c.txt"));
    assertThat(lines.quarantined).containsExactly("2 1 text malformed_utf8");
    Gathered bounded =
        Gathered.read(
            Text.SPEC, "{\"path\":\"t/a.txt\",\"sample\":\"line\",\"max_bytes\":8}", folder, 3);
    assertThat(bounded.values).containsExactly(List.of("second", "a.txt"));
    assertThat(bounded.quarantined).containsExactly("0 0 text too_long");
    Gathered whole = Gathered.read(Text.SPEC, "{\"path\":\"t\"}", folder, MORSEL);
    assertThat(whole.values)
        .containsExactly(List.of("第一行\r\n\r\n  \nsecond", "a.txt"), List.of("中文内容在这里\n", "b.txt"));
    assertThat(whole.quarantined).containsExactly("2 0  malformed_utf8");
  }

  @Test
  void filesComeAsBytesWithMediaTypeAndLabel() throws IOException {
    Files.createDirectories(folder.resolve("images/cat"));
    byte[] png = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 1};
    Files.write(folder.resolve("images/cat/1.dat"), png);
    Files.write(folder.resolve("images/cat/2.jpg"), new byte[] {1, 2});
    write("images/dog/3.bin", "x".repeat(50));
    for (long morsel : new long[] {1, 12, MORSEL}) {
      Gathered read =
          Gathered.read(
              dev.quern.acquire.Files.SPEC,
              "{\"path\":\"images\",\"label_from\":\"folder\",\"max_bytes\":20}",
              folder,
              morsel);
      assertThat(read.schema)
          .hasToString("struct<path: text, media_type: text, bytes: bytes, label: text>");
      assertThat(read.values).hasSize(2);
      assertThat(read.values.get(0).subList(0, 2)).containsExactly("cat/1.dat", "image/png");
      assertThat((byte[]) read.values.get(0).get(2)).isEqualTo(png);
      assertThat(read.values.get(1).get(1)).isEqualTo("image/jpeg");
      assertThat(read.values.get(1).get(3)).isEqualTo("cat");
      assertThat(read.quarantined).containsExactly("2 0  too_large");
      assertThat(read.ids.get(0)).isEqualTo(SampleId.of("s", "cat/1.dat", 0, 0).toString());
    }
  }

  @Test
  void syntheticSamplesFollowTheirFormulasForAnyMorselSize() throws IOException {
    String recipe =
        "{\"samples\":5000,\"fields\":{\"n\":\"sequence()\",\"x\":\"uniform(0, 1)\","
            + "\"y\":\"3*x + 2 + uniform(0, 1)\",\"k\":\"integer(1, 6)\",\"z\":\"normal(10, 2)\","
            + "\"c\":\"choice(red|绿)\",\"d\":\"date(2024-01-30, 2024-02-02)\",\"one\":\"1\"}}";
    Gathered read = Gathered.read(Synthetic.SPEC, recipe, folder, MORSEL);
    assertThat(read.schema)
        .hasToString(
            "struct<n: long, x: double, y: double, k: long, z: double, c: text, d: date, one:"
                + " long>");
    double sum = 0;
    double noise = 0;
    double squares = 0;
    int[] faces = new int[7];
    HashSet<Object> dates = new HashSet<>();
    for (int i = 0; i < 5000; i++) {
      List<Object> sample = read.values.get(i);
      assertThat(sample.get(0)).isEqualTo((long) i);
      double x = (double) sample.get(1);
      double rest = (double) sample.get(2) - 3 * x - 2;
      assertThat(x).isBetween(0.0, 1.0);
      assertThat(rest).isBetween(-1e-12, 1.0);
      sum += x;
      noise += rest * x;
      faces[Math.toIntExact((long) sample.get(3))]++;
      double z = ((double) sample.get(4) - 10) / 2;
      squares += z * z;
      dates.add(sample.get(6));
    }
    // Five standard errors: sqrt(1/12/5000) = .0041, uncorrelated noise .0044, chi-square .02.
    assertThat(sum / 5000).isCloseTo(0.5, within(0.021));
    assertThat(noise / 5000).isCloseTo(0.25, within(0.022));
    assertThat(squares / 5000).isCloseTo(1, within(0.1));
    assertThat(Arrays.stream(faces, 1, 7).min().orElseThrow()).isGreaterThan(700);
    assertThat(dates).hasSize(4);
    for (long morsel : new long[] {1, 1000, 100_000}) {
      Gathered again = Gathered.read(Synthetic.SPEC, recipe, folder, morsel);
      assertThat(again.values).isEqualTo(read.values);
      assertThat(again.ids).isEqualTo(read.ids);
    }
  }

  @Test
  void aSyntheticFieldMayUseOnlyEarlierOnes() {
    assertThatThrownBy(
            () ->
                Gathered.read(
                    Synthetic.SPEC,
                    "{\"samples\":1,\"fields\":{\"a\":\"b + 1\",\"b\":\"1\"}}",
                    folder,
                    MORSEL))
        .isInstanceOf(BindException.class)
        .hasMessageStartingWith("a: must use earlier fields only;");
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, text.getBytes(UTF_8));
  }
}
