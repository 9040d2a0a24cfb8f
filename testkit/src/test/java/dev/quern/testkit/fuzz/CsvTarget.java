package dev.quern.testkit.fuzz;

import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.engine.InputFile;
import dev.quern.format.csv.CsvFormat;
import dev.quern.format.csv.CsvSettings;
import dev.quern.format.source.RecordFormat;
import dev.quern.format.source.TextEncoding;
import dev.quern.testkit.Gen;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** CSV: detection, cutting and parsing. */
final class CsvTarget implements FuzzTarget {
  private static final Map<String, Type> TYPES =
      Map.of(
          "id",
          Type.LONG,
          "a",
          Type.DOUBLE,
          "d",
          Type.DATE,
          "t",
          Type.TIMESTAMP,
          "x",
          Type.parse("list<struct<k: text, n: decimal(9,2)>>"));

  private final TextFiles files;

  CsvTarget(Path folder) {
    this.files = new TextFiles(folder);
  }

  @Override
  public List<byte[]> corpus() {
    String table =
        "id,name,d,t,a\n1,\"x, y\",2024-02-29,2024-01-01T00:00:00Z,1.5\n2,\"it\"\"s\",,,\n"
            + "3,\"two\nlines\",0001-01-01,1999-12-31 23:59:59,-0.0\n4,"
            + Gen.CANARY
            + ",9999-12-31,x,1e5\n";
    List<byte[]> all =
        new ArrayList<>(
            TextFiles.bytes(
                table,
                table.replace("\n", "\r\n"),
                table.replace('\n', '\r'),
                table.replace(',', ';'),
                table.replace(',', '\t'),
                "a;b\n1,5;2\n2,5;3\n",
                "x,a\n\"[{\"\"k\"\":\"\"v\"\",\"\"n\"\":1.50}]\",1\n",
                "1|2|3\n4|5|6\n",
                "\ufeffa,b\n1,2\n",
                "#c\na,b\n\n  \n1,2,3\n1\n\"" + Gen.CANARY + "\n2,3\n",
                "编号,姓名\n1,张三\n2,李四\n",
                ""));
    all.add("编号,姓名\n1,张三\n2,李四\n".getBytes(Charset.forName("GB18030")));
    all.add("\ufeffa,b\n1,\ud83d\ude00\n".getBytes(StandardCharsets.UTF_16LE));
    all.add("a,b\n1,x\n".getBytes(StandardCharsets.UTF_16BE));
    all.addAll(TextFiles.data("bad-csv/csvs"));
    return all;
  }

  @Override
  public List<byte[]> words() {
    List<byte[]> all =
        new ArrayList<>(
            TextFiles.bytes(
                ",",
                ";",
                "\t",
                "|",
                "\"",
                "\"\"",
                "\"\"\"",
                "\n",
                "\r",
                "\r\n",
                "\",\"",
                "\"\n\"",
                " \"",
                "\" ",
                ",,",
                "\ufeff",
                "\0",
                "#",
                "id",
                "a",
                "name",
                Gen.CANARY,
                "张",
                "\ud83d\ude00",
                "e\u0301",
                "2024-02-30",
                "0000-01-01",
                "24:00",
                "true",
                "[",
                "{}"));
    all.add(new byte[] {(byte) 0xc3, 0x28});
    all.add(new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80});
    return all;
  }

  @Override
  public long mostAllocated() {
    // Some hundred readings, each with buffers of its own.
    return 300L << 20;
  }

  @Override
  public void feed(byte[] input, SplittableRandom random) throws Exception {
    CsvSettings settings = settings(random);
    files.feed(
        input,
        new TextFiles.Formats() {
          @Override
          public Schema infer(List<InputFile> all) throws IOException {
            return CsvFormat.infer(settings, all);
          }

          @Override
          public RecordFormat<?> format(List<InputFile> all, Schema schema) {
            return new CsvFormat(settings, all, schema);
          }
        },
        random);
  }

  private static CsvSettings settings(SplittableRandom random) {
    if (random.nextInt(3) == 0) {
      return CsvSettings.DETECTED;
    }
    int header = random.nextInt(5);
    return new CsvSettings(
        random.nextInt(4) == 0
            ? Optional.of(",;\t| \"x".charAt(random.nextInt(7)))
            : Optional.empty(),
        header == 0
            ? CsvSettings.Header.NONE
            : header == 1 ? CsvSettings.Header.PRESENT : CsvSettings.Header.AUTO,
        random.nextInt(6) == 0 ? List.of("id", "a", "x") : List.of(),
        random.nextInt(4) == 0 ? Optional.of('#') : Optional.empty(),
        random.nextInt(6) == 0
            ? Optional.of(TextEncoding.values()[random.nextInt(TextEncoding.values().length)])
            : Optional.empty(),
        random.nextBoolean() ? TYPES : Map.of(),
        random.nextInt(6) == 0 ? CsvSettings.Quote.NONE : CsvSettings.Quote.DOUBLE,
        random.nextInt(3) == 0 ? 1 + random.nextInt(60) : CsvSettings.MAX_ROW_BYTES);
  }
}
