package dev.quern.onnx;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How texts reach a graph. A string tensor has no missing value, so the empty string stands for
 * missing and {@link #EMPTY} for a text that is there but empty. ONNX Runtime's Java interface
 * hands texts over in modified UTF-8 (supplementary characters as two surrogates of three bytes,
 * NUL as two bytes), other languages in UTF-8: keys that differ between the two are written in
 * both.
 */
public final class OnnxText {

  /** Stands for the empty text: U+FDD0, a noncharacter that Unicode reserves for inner use. */
  public static final String EMPTY = "\uFDD0";

  private OnnxText() {}

  /**
   * Keys of an encoder.
   *
   * @param bytes the encoded texts
   * @param category for each of them the position in the list of categories
   */
  public record Keys(List<byte[]> bytes, long[] category) {}

  /** The string to put into a tensor. Never null: a null there kills the process. */
  public static String encode(@Nullable String text) {
    if (text == null) {
      return "";
    }
    return text.isEmpty() ? EMPTY : text;
  }

  /**
   * A name for an input or output: characters that ONNX Runtime's Java interface cannot spell
   * (beyond U+FFFF, surrogates, controls) are written {@code U+1F600}.
   */
  public static String name(String text) {
    StringBuilder name = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (c < ' ' || c > 0xFFFF || Character.isSurrogate((char) c)) {
                name.append("U+").append(Integer.toHexString(c).toUpperCase(Locale.ROOT));
              } else {
                name.appendCodePoint(c);
              }
            });
    return name.toString();
  }

  /** Keys for these categories, in their order; null is the category of missing texts. */
  public static Keys keys(List<? extends @Nullable String> categories) {
    List<byte[]> bytes = new ArrayList<>();
    List<Integer> category = new ArrayList<>();
    for (int i = 0; i < categories.size(); i++) {
      for (byte[] key : encodings(encode(categories.get(i)))) {
        bytes.add(key);
        category.add(i);
      }
    }
    return new Keys(bytes, category.stream().mapToLong(Integer::longValue).toArray());
  }

  /**
   * Adds a node that maps a string value to the position of its category.
   *
   * @param unknown the number for texts of no category
   * @return an int64 value of the shape of {@code value}
   */
  public static String categoryIndex(
      OnnxGraph graph, String value, List<? extends @Nullable String> categories, long unknown) {
    Keys keys = keys(categories);
    return graph.node(
        Domain.ML,
        "LabelEncoder",
        List.of(value),
        Attribute.raw("keys_strings", keys.bytes()),
        Attribute.ints("values_int64s", keys.category()),
        Attribute.of("default_int64", unknown));
  }

  /** The encodings in which {@code text} may arrive: one, or two when they differ. */
  static List<byte[]> encodings(String text) {
    boolean differs = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      differs |= c == 0 || Character.isSurrogate(c);
    }
    if (!differs) {
      return List.of(text.getBytes(UTF_8));
    }
    // A lone surrogate has no UTF-8 form; its replacement '?' would be another category's key.
    return UTF_8.newEncoder().canEncode(text)
        ? List.of(text.getBytes(UTF_8), modified(text))
        : List.of(modified(text));
  }

  /** Modified UTF-8 of the JNI specification: each UTF-16 unit by itself, NUL as C0 80. */
  private static byte[] modified(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != 0 && c < 0x80) {
        out.write(c);
      } else if (c < 0x800) {
        out.write(0xC0 | c >> 6);
        out.write(0x80 | c & 0x3F);
      } else {
        out.write(0xE0 | c >> 12);
        out.write(0x80 | c >> 6 & 0x3F);
        out.write(0x80 | c & 0x3F);
      }
    }
    return out.toByteArray();
  }
}
