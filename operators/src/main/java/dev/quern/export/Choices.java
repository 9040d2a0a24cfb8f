package dev.quern.export;

import dev.quern.format.parquet.ParquetTypes.Ids;
import dev.quern.operator.Localized;
import dev.quern.operator.Param;

/** Parameters that several writers have; apart from the catalog, which needs the writers. */
final class Choices {
  static final Param<Ids> IDS =
      Param.choice(
              "ids",
              Ids.class,
              new Localized(
                  "stored writes id and split of each sample as the columns _id and _split, before"
                      + " the fields; fields of these names get one more underscore.",
                  "stored 会在各字段之前写出每个样本的标识和划分（列 _id 和 _split）；" + "同名字段会多加一个下划线。"))
          .or(Ids.NONE);

  static final Param<Compression> COMPRESSION =
      Param.choice(
              "compression",
              Compression.class,
              new Localized(
                  "zst compresses the file with Zstandard; so does a file name that ends in .zst.",
                  "zst 用 Zstandard 压缩文件；文件名以 .zst 结尾时也会压缩。"))
          .or(Compression.NONE);

  private Choices() {}
}
