package dev.quern.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What people read when something is wrong: where, what must be, what was found, how to fix it. */
class ErrorStyleTest {
  private static final Pattern THROWN =
      Pattern.compile("new (DataException|BindException|UsageException|Refusal)\\(");

  private static final Pattern TEXT = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

  /** A variable that holds a rule or a whole message. */
  private static final Pattern GIVEN = Pattern.compile("\\b(rule|must|getMessage)\\b");

  /** An error as it stands in a source. */
  private record Written(String place, String arguments, String texts) {}

  private static List<Written> errors() throws IOException {
    Path root = Path.of(System.getProperty("quern.root"));
    List<Written> errors = new ArrayList<>();
    for (String module : List.of("core", "operators", "models", "app")) {
      try (Stream<Path> files = Files.walk(root.resolve(module).resolve("src/main/java"))) {
        for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
          String source = Files.readString(file, StandardCharsets.UTF_8);
          Matcher thrown = THROWN.matcher(source);
          while (thrown.find()) {
            String arguments = arguments(source, thrown.end());
            StringBuilder texts = new StringBuilder();
            Matcher text = TEXT.matcher(arguments);
            while (text.find()) {
              texts.append(text.group(1)).append(' ');
            }
            long line = source.substring(0, thrown.start()).lines().count();
            errors.add(new Written(file.getFileName() + ":" + line, arguments, texts.toString()));
          }
        }
      }
    }
    return errors;
  }

  /** Returns the source up to the parenthesis that closes the one before {@code from}. */
  private static String arguments(String source, int from) {
    int depth = 1;
    boolean text = false;
    for (int at = from; ; at++) {
      char c = source.charAt(at);
      if (text) {
        if (c == '\\') {
          at++;
        } else if (c == '"') {
          text = false;
        }
      } else if (c == '\'') {
        at = source.indexOf('\'', source.charAt(at + 1) == '\\' ? at + 3 : at + 2);
      } else if (c == '"') {
        text = true;
      } else if (c == '(') {
        depth++;
      } else if (c == ')' && --depth == 0) {
        return source.substring(from, at);
      }
    }
  }

  /** A message whose rule is made elsewhere cannot be judged here. */
  private static boolean isWritten(Written error) {
    return !GIVEN.matcher(TEXT.matcher(error.arguments()).replaceAll("")).find()
        && error.texts().contains(" ")
        && error.texts().strip().indexOf(' ') > 0;
  }

  @Test
  void everyErrorSaysWhatMustBeAndWhatWasFound() throws IOException {
    List<Written> errors = errors().stream().filter(ErrorStyleTest::isWritten).toList();
    assertThat(errors.size()).as("errors found").isGreaterThan(100);
    assertThat(errors)
        .filteredOn(error -> !error.texts().contains("must ") || !error.texts().contains("found"))
        .extracting(error -> error.place() + " " + error.texts())
        .isEmpty();
  }
}
