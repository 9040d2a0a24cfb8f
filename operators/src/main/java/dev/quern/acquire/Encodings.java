package dev.quern.acquire;

import dev.quern.format.source.TextEncoding;
import dev.quern.operator.Localized;
import dev.quern.operator.Param;

/** Parameters that readers of text share. */
final class Encodings {
  static final Param<TextEncoding> ENCODING =
      Param.choice(
              "encoding",
              TextEncoding.class,
              new Localized("How the files are encoded; detected unless given.", "文件编码；不写则自动检测。"))
          .optional();

  private Encodings() {}
}
