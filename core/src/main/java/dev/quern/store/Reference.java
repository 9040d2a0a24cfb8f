package dev.quern.store;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A dataset or model as users name it: {@code NAME} (its HEAD) or {@code NAME@VERSION}.
 *
 * @param name see {@link #NAME_RULE}
 * @param version the version's id, the beginning of it, its number or its digest's beginning; empty
 *     for HEAD
 */
public record Reference(String name, Optional<String> version) {
  /** What names of datasets, models and recipes must be, as messages say it. */
  public static final String NAME_RULE =
      "1 to 64 lower-case letters a-z, digits, '-' or '_', the first a letter or digit";

  /** The rule as a regular expression; names are folders too, equal on every file system. */
  public static final String NAME_PATTERN = "^[a-z0-9][a-z0-9_-]{0,63}$";

  private static final Pattern NAME = Pattern.compile(NAME_PATTERN);

  private static final Pattern VERSION = Pattern.compile("[0-9a-z-]{1,64}");

  /** Returns whether {@code name} follows {@link #NAME_RULE}. */
  public static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /**
   * Parses what users write.
   *
   * @throws IllegalArgumentException if it is no reference; the message is {@code must be rule;
   *     found: value}
   */
  public static Reference parse(String written) {
    int at = written.indexOf('@');
    String name = at < 0 ? written : written.substring(0, at);
    String version = at < 0 ? "HEAD" : written.substring(at + 1);
    if (!isName(name) || !(version.equals("HEAD") || VERSION.matcher(version).matches())) {
      throw new IllegalArgumentException(
          "must be NAME or NAME@VERSION, NAME of " + NAME_RULE + "; found: " + written);
    }
    return new Reference(name, version.equals("HEAD") ? Optional.empty() : Optional.of(version));
  }

  @Override
  public String toString() {
    return name + version.map(v -> "@" + v).orElse("");
  }
}
