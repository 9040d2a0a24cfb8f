package dev.quern.export;

import dev.quern.data.Batch;
import dev.quern.data.Schema;
import dev.quern.engine.Writing;
import dev.quern.format.parquet.ParquetTypes;
import dev.quern.format.parquet.ParquetTypes.Ids;
import dev.quern.operator.Example;
import dev.quern.operator.Localized;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Serving;
import dev.quern.operator.Writer;
import dev.quern.text.Utf8Buffer;
import dev.quern.text.ValueWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes one JSON object for each sample and line, UTF-8. Missing values are null, and so are NaN
 * and infinities, which JSON does not know; timestamps and dates are ISO 8601 in UTC, bytes base64,
 * decimals numbers with all their digits.
 *
 * @param ids whether ids and splits are written
 * @param compression how the file is compressed
 */
public record Jsonl(Ids ids, Compression compression) implements Writer {

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "export.jsonl",
          new Localized(
              "Writes one JSON object per line; missing values, NaN and infinities are null, times"
                  + " ISO 8601 in UTC, bytes base64.",
              "每行写出一个 JSON 对象；缺失值、NaN 和无穷大写为 null，时间为 UTC 的 ISO 8601" + " 格式，字节为 base64。"),
          "RFC 8259, https://jsonlines.org",
          1,
          Serving.TRAINING_ONLY,
          List.of(Choices.IDS, Choices.COMPRESSION),
          List.of(
              new Example(
                  "{}",
                  "[{\"name\": \"李雷\", \"tags\": [\"a\", null]}, {\"name\": null, \"tags\": []}]",
                  "{\"name\":\"李雷\",\"tags\":[\"a\",null]}\n{\"name\":null,\"tags\":[]}\n")),
          params -> new Jsonl(params.get(Choices.IDS), params.get(Choices.COMPRESSION)));

  @Override
  public void check(Schema input) {
    // Any sample is an object, even one without fields.
  }

  @Override
  public Writing bind(Schema input) {
    return new TextWriting(".jsonl", compression, () -> new Objects(input, ids));
  }

  private static final class Objects implements Rows {
    private final ValueWriter values = new ValueWriter();
    private final Ids ids;
    private final byte[][] names;

    Objects(Schema schema, Ids ids) {
      this.ids = ids;
      this.names = new byte[schema.size()][];
      Utf8Buffer name = new Utf8Buffer();
      for (int i = 0; i < names.length; i++) {
        byte[] utf8 =
            ParquetTypes.columnName(schema.field(i).name(), ids).getBytes(StandardCharsets.UTF_8);
        name.reset();
        if (i > 0 || ids == Ids.STORED) {
          name.put(',');
        }
        name.putJsonString(utf8, 0, utf8.length).put(':');
        names[i] = java.util.Arrays.copyOf(name.bytes(), name.length());
      }
    }

    @Override
    public void header(Utf8Buffer out) {
      // None: every line stands for itself.
    }

    @Override
    public void row(Batch batch, int row, Utf8Buffer out) {
      out.put('{');
      if (ids == Ids.STORED) {
        out.putAscii("\"_id\":\"").putAscii(batch.keys().id(row).toString());
        out.putAscii("\",\"_split\":\"").putAscii(batch.keys().split(row).written()).put('"');
      }
      for (int i = 0; i < names.length; i++) {
        out.putBytes(names[i], 0, names[i].length);
        values.writeJson(batch.column(i), row, out);
      }
      out.put('}').put('\n');
    }
  }
}
