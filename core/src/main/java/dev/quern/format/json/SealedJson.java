package dev.quern.format.json;

import dev.quern.data.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON objects that prove themselves: their last member is a digest of all others, so that a file
 * in which a bit has flipped is told from one that is as it was written.
 */
public final class SealedJson {
  private static final String SEAL = "seal";

  /** Hexadecimal digits of the digest that are kept: accidents are to be found, not forgers. */
  private static final int DIGITS = 32;

  private SealedJson() {}

  /** Returns {@code plain} with its seal as one line. */
  public static String write(Map<String, ? extends @Nullable Object> plain) {
    return Json.write(sealed(plain)) + "\n";
  }

  /** Returns {@code plain} with its seal, indented for people. */
  public static String pretty(Map<String, ? extends @Nullable Object> plain) {
    return Json.pretty(sealed(plain));
  }

  private static Map<String, @Nullable Object> sealed(
      Map<String, ? extends @Nullable Object> plain) {
    Map<String, @Nullable Object> sealed = new LinkedHashMap<>(plain);
    sealed.put(SEAL, seal(plain));
    return sealed;
  }

  private static String seal(Map<String, ? extends @Nullable Object> plain) {
    return Digest.ofText(Json.canonical(plain)).substring(0, DIGITS);
  }

  /**
   * Reads what {@link #write} or {@link #pretty} wrote.
   *
   * @return the object without its seal
   * @throws IllegalArgumentException if it is not as it was written
   */
  public static Map<String, @Nullable Object> parse(String text) {
    return unsealed(Json.parseObject(text));
  }

  private static Map<String, @Nullable Object> unsealed(Map<String, @Nullable Object> sealed) {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>(sealed);
    Object seal = plain.remove(SEAL);
    if (!seal(plain).equals(seal)) {
      throw new IllegalArgumentException(
          "content must have the seal it was written with; found: "
              + (seal == null ? "none" : "another"));
    }
    return plain;
  }

  /**
   * Reads a file of that kind.
   *
   * @throws IllegalArgumentException if it is not as it was written
   * @throws java.nio.file.NoSuchFileException if it is not there
   */
  public static Map<String, @Nullable Object> read(Path file) throws IOException {
    return unsealed(Json.readObject(file));
  }
}
