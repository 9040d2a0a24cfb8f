package dev.quern.format.source;

import java.util.regex.Pattern;

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
    return new Glob(
        Pattern.compile(regex(glob)), glob.startsWith(".") || glob.contains("/."), depth);
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
        String set = glob.substring(i + 1, end).replace("\\", "\\\\").replace("[", "\\[");
        regex.append('[').append(set.startsWith("!") ? "^" + set.substring(1) : set).append(']');
        i = end;
      } else if (c == '{' && glob.indexOf('}', i) > 0) {
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
