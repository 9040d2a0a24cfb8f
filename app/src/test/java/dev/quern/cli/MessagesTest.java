package dev.quern.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MessagesTest {
  private static final Messages ENGLISH = Messages.in(Locale.ENGLISH);
  private static final Messages CHINESE = Messages.in(Locale.SIMPLIFIED_CHINESE);

  @Test
  void bothLanguagesHaveTheSameKeys() {
    assertThat(keys(CHINESE)).isEqualTo(keys(ENGLISH));
    assertThat(keys(ENGLISH)).hasSizeGreaterThan(150);
  }

  @Test
  void bothLanguagesFillInTheSameValues() {
    for (String key : keys(ENGLISH)) {
      assertThat(places(CHINESE.bundle().getString(key)))
          .as(key)
          .isEqualTo(places(ENGLISH.bundle().getString(key)));
    }
  }

  @Test
  void everyKeyInTheCodeHasAText() throws IOException {
    Pattern use = Pattern.compile("(?:text|finding)\\(\\s*\"([a-z_.]+)\"");
    int found = 0;
    for (Path source : sources()) {
      Matcher matcher = use.matcher(Files.readString(source, StandardCharsets.UTF_8));
      while (matcher.find()) {
        String key = matcher.group(1);
        boolean whole = !key.endsWith(".");
        if (whole && !matcher.group().startsWith("finding") && key.contains(".")) {
          assertThat(keys(ENGLISH)).as(source.getFileName() + ": " + key).contains(key);
          found++;
        }
      }
    }
    assertThat(found).isGreaterThan(80);
  }

  @Test
  void otherLanguagesGetEnglish() {
    assertThat(Messages.in(Locale.FRENCH).text("summary.none")).isEqualTo("none");
    assertThat(Messages.in(Locale.TRADITIONAL_CHINESE).text("summary.none")).isEqualTo("无");
  }

  private static List<Path> sources() throws IOException {
    Path folder = Path.of("src/main/java/dev/quern/cli");
    if (!Files.isDirectory(folder)) {
      folder = Path.of(System.getProperty("quern.root", "."), "app").resolve(folder);
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private static Set<String> keys(Messages messages) {
    return new TreeSet<>(Collections.list(messages.bundle().getKeys()));
  }

  private static Set<String> places(String text) {
    Set<String> places = new TreeSet<>();
    Matcher matcher = Pattern.compile("\\{\\d}").matcher(text);
    while (matcher.find()) {
      places.add(matcher.group());
    }
    return places;
  }
}
