package dev.quern.text;

import dev.quern.data.ColumnBuilder;
import dev.quern.data.Type;
import org.jspecify.annotations.Nullable;

/** Lists and structs written as JSON. */
final class JsonTextParser extends ValueParser {
  private final JsonDecoder decoder;

  JsonTextParser(Type type) {
    decoder = JsonDecoder.of(type);
  }

  @Override
  @Nullable String parseTrimmed(byte[] bytes, int start, int end, ColumnBuilder out) {
    int rows = out.size();
    String rule = StrictJson.read(bytes, start, end, parser -> decoder.decode(parser, out));
    if (rule != null) {
      out.truncate(rows);
    }
    return rule;
  }
}
