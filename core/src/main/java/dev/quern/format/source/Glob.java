package dev.quern.format.source;

import dev.quern.engine.DataException;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A pattern of relative paths with {@code /}: {@code *} and {@code ?} within a name, {@code **}
 * over folders ({@code **}{@code /} also for none), {@code [a-z]}, {@code [!a-z]}, {@code {a,b}}.
 */
final class Glob {
  private final Pattern pattern;
  private final boolean namesHidden;
  private final int depth;

  private Glob(Pattern pattern, boolean namesHidden, int depth) {
    this.depth = depth;
    this.pattern = pattern;
    this.namesHidden = namesHidden;
  }

  static Glob of(String glob) {
    int depth =
        glob.contains("**")
            ? Integer.MAX_VALUE
            : 1 + (int) glob.chars().filter(c -> c == '/').count();
    try {
      return new Glob(
          Pattern.compile(regex(glob)), glob.startsWith(".") || glob.contains("/."), depth);
    } catch (PatternSyntaxException e) {
      throw new DataException(
          "glob_malformed",
          glob
              + ": a set of characters must be [a-z] or [!a-z], from lower to higher; found: others;"
              + " correct the path");
    }
  }

  static boolean isGlob(String path) {
    return firstWildcard(path) < path.length();
  }

  /** Returns the length of the folder part before the first wildcard, its slash included. */
  static int folderLength(String path) {
    return path.lastIndexOf('/', firstWildcard(path)) + 1;
  }

  boolean matches(String name) {
    return pattern.matcher(name).matches();
  }

  /** Returns the number of folders the pattern reaches down, the first one counted. */
  int depth() {
    return depth;
  }

  /** Whether names that begin with a dot are meant. */
  boolean namesHidden() {
    return namesHidden;
  }

  private static int firstWildcard(String path) {
    int at = 0;
    while (at < path.length() && "*?[{".indexOf(path.charAt(at)) < 0) {
      at++;
    }
    return at;
  }

  /** Returns whether the brace at {@code open} has one that closes it. */
  private static boolean isClosed(String glob, int open) {
    int depth = 0;
    for (int i = open; i < glob.length(); i++) {
      depth += glob.charAt(i) == '{' ? 1 : glob.charAt(i) == '}' ? -1 : 0;
      if (depth == 0) {
        return true;
      }
    }
    return false;
  }

  private static String set(String written) {
    boolean others = written.startsWith("!");
    StringBuilder set = new StringBuilder(others ? "[^" : "[");
    String characters = others ? written.substring(1) : written;
    for (int i = 0; i < characters.length(); i++) {
      char c = characters.charAt(i);
      boolean range = c == '-' && i > 0 && i + 1 < characters.length();
      boolean plain = Character.isLetterOrDigit(c) || Character.isSurrogate(c) || range;
      set.append(plain ? "" : "\\").append(c);
    }
    return set.append(']').toString();
  }

  private static String regex(String glob) {
    StringBuilder regex = new StringBuilder();
    int braces = 0;
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      if (glob.startsWith("**/", i)) {
        regex.append("(?:.*/)?");
        i += 2;
      } else if (glob.startsWith("**", i)) {
        regex.append(".*");
        i++;
      } else if (c == '*') {
        regex.append("[^/]*");
      } else if (c == '?') {
        regex.append("[^/]");
      } else if (c == '[' && glob.indexOf(']', i + 2) > 0) {
        int end = glob.indexOf(']', i + 2);
        regex.append(set(glob.substring(i + 1, end)));
        i = end;
      } else if (c == '{' && isClosed(glob, i)) {
        regex.append("(?:");
        braces++;
      } else if (c == '}' && braces > 0) {
        regex.append(')');
        braces--;
      } else if (c == ',' && braces > 0) {
        regex.append('|');
      } else {
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return regex.toString();
  }
}
