package dev.quern.export;

import dev.quern.data.Schema;
import dev.quern.engine.Writing;
import dev.quern.format.parquet.ParquetTypes.Ids;
import dev.quern.format.parquet.ParquetWriting;
import dev.quern.operator.BindException;
import dev.quern.operator.Example;
import dev.quern.operator.Localized;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Serving;
import dev.quern.operator.Writer;
import java.util.List;

/**
 * Writes Parquet, compressed with Zstandard. Equal samples in equal order give equal bytes. Roles
 * and media types stand in the footer under {@code quern.schema}, where others ignore them.
 *
 * @param ids whether ids and splits are written; the shards of versions have them
 */
public record Parquet(Ids ids) implements Writer {

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "export.parquet",
          new Localized(
              "Writes Parquet files, compressed with Zstandard; lists and structs stay nested.",
              "写出 Parquet 文件（Zstandard 压缩）；列表和结构保持嵌套。"),
          "Apache Parquet format 2.x, https://parquet.apache.org/docs/file-format/",
          1,
          Serving.TRAINING_ONLY,
          List.of(Choices.IDS),
          List.of(
              new Example(
                  "{}",
                  "[{\"name\": \"李雷\", \"tags\": [\"a\", null]}, {\"name\": null, \"tags\": []}]",
                  "[{\"name\": \"李雷\", \"tags\": [\"a\", null]}, {\"name\": null, \"tags\":"
                      + " []}]")),
          params -> new Parquet(params.get(Choices.IDS)));

  @Override
  public void check(Schema input) {
    if (input.size() == 0 && ids == Ids.NONE) {
      throw new BindException("", "must have a field to write; found: none; keep a field");
    }
  }

  @Override
  public Writing bind(Schema input) {
    return new ParquetWriting(input, ids);
  }
}
