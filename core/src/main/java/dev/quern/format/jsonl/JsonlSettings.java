package dev.quern.format.jsonl;

import dev.quern.data.Type;
import dev.quern.format.source.TextEncoding;
import java.util.Map;
import java.util.Optional;

/**
 * What a recipe says of JSON files.
 *
 * @param types of fields, instead of inferred ones; may name fields that inference did not see
 * @param encoding of the files, if it is not to be detected
 * @param maxSampleBytes longer lines and elements of arrays are set aside
 */
public record JsonlSettings(
    Map<String, Type> types, Optional<TextEncoding> encoding, int maxSampleBytes) {
  /** Bytes of the longest line unless said otherwise: 64 MiB. */
  public static final int MAX_SAMPLE_BYTES = 64 << 20;

  /** Everything detected. */
  public static final JsonlSettings DETECTED =
      new JsonlSettings(Map.of(), Optional.empty(), MAX_SAMPLE_BYTES);
}
