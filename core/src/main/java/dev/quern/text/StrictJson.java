package dev.quern.text;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * JSON as RFC 8259 writes it and nothing else, with the rules a document breaks as names.
 *
 * <p>Grammar: {@code malformed_utf8}, {@code malformed_json}, {@code trailing_content}. Refused
 * although the grammar has them, because readers disagree about their meaning: {@code
 * duplicate_key}, {@code lone_surrogate}, {@code out_of_range} (numbers no double reaches), {@code
 * too_deep} (more than 500 levels), {@code too_long} (numbers of more than 1,000 characters, names
 * of more than 50,000).
 */
public final class StrictJson {
  private static final int DEPTH = 500;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEPTH)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private StrictJson() {}

  /** Reads a document with a parser that stands on its first token. */
  public interface Visit {
    /** Reads to the last token of the value; returns null or the rule that is broken. */
    @Nullable String read(JsonParser parser) throws JacksonException;
  }

  /**
   * Lets {@code visit} read the one document in {@code bytes[start, end)}.
   *
   * @return null, or the rule that is broken
   */
  public static @Nullable String read(byte[] bytes, int start, int end, Visit visit) {
    if (!Utf8.isValid(bytes, start, end)) {
      return "malformed_utf8";
    }
    if (looksLikeAnotherEncoding(bytes, start, end)) {
      return "malformed_json";
    }
    boolean rootEnded = false;
    try (JsonParser parser =
        FACTORY.createParser(ObjectReadContext.empty(), bytes, start, end - start)) {
      if (parser.nextToken() == null) {
        return "malformed_json";
      }
      String rule = visit.read(parser);
      if (rule != null) {
        return rule;
      }
      rootEnded = true;
      return parser.nextToken() == null ? null : "trailing_content";
    } catch (StreamConstraintsException e) {
      return e.getMessage() != null && e.getMessage().contains("depth") ? "too_deep" : "too_long";
    } catch (JacksonException e) {
      return rootEnded ? "trailing_content" : rule(e);
    }
  }

  /** Returns null or the rule that the document in {@code bytes[start, end)} breaks. */
  public static @Nullable String check(byte[] bytes, int start, int end) {
    JsonDecoder decoder = JsonDecoder.of(dev.quern.data.Type.TEXT);
    return read(bytes, start, end, decoder::check);
  }

  /** Whether the parser would take the bytes for UTF-16, UTF-32 or skip a byte order mark. */
  private static boolean looksLikeAnotherEncoding(byte[] bytes, int start, int end) {
    for (int at = start; at < Math.min(end, start + 4); at++) {
      if (bytes[at] == 0) {
        return true;
      }
    }
    return end > start && bytes[start] == (byte) 0xef;
  }

  private static String rule(JacksonException e) {
    String message = e.getOriginalMessage();
    return message != null && message.startsWith("Duplicate Object property")
        ? "duplicate_key"
        : "malformed_json";
  }

  /** Returns whether {@code token} is a number. */
  static boolean isNumber(JsonToken token) {
    return token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT;
  }
}
