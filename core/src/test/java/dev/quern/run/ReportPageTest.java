package dev.quern.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.format.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReportPageTest {
  private static final Pattern KEY = Pattern.compile("\"([a-z][a-z0-9_.]*)\"");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\d}");

  @ParameterizedTest
  @ValueSource(strings = {"en", "zh"})
  void noPageOfAnyOutcomeLacksAWord(String language) {
    for (Map<String, @Nullable Object> report : outcomes()) {
      assertThat(ReportPage.render(report, language)).doesNotContain(ReportText.ABSENT);
    }
  }

  private static List<Map<String, @Nullable Object>> outcomes() {
    Map<String, @Nullable Object> unbalanced =
        Reports.with(Reports.bare(), "{\"accounting\": {\"read\": 9, \"kept\": 8}}");
    return List.of(
        Reports.full(),
        Reports.bare(),
        Reports.checkFailed(),
        Reports.quarantineExceeded(),
        Reports.wide(300),
        unbalanced);
  }

  @Test
  void bothLanguagesHaveTheSameWordsWithTheSamePlaceholders() {
    Properties english = ReportText.words("en");
    Properties chinese = ReportText.words("zh");

    assertThat(chinese.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
    for (String key : english.stringPropertyNames()) {
      assertThat(placeholders(chinese.getProperty(key)))
          .as(key)
          .isEqualTo(placeholders(english.getProperty(key)));
      assertThat(chinese.getProperty(key)).as(key).isNotBlank();
    }
  }

  private static TreeSet<String> placeholders(String text) {
    TreeSet<String> found = new TreeSet<>();
    Matcher matcher = PLACEHOLDER.matcher(text);
    while (matcher.find()) {
      found.add(matcher.group());
    }
    return found;
  }

  @Test
  void everyWordIsUsedBySomePage() throws IOException {
    TreeSet<String> literals = new TreeSet<>();
    try (Stream<Path> sources = Files.list(Path.of("src/main/java/dev/quern/run"))) {
      for (Path source : sources.filter(file -> file.toString().endsWith(".java")).toList()) {
        Matcher matcher = KEY.matcher(Files.readString(source, StandardCharsets.UTF_8));
        while (matcher.find()) {
          literals.add(matcher.group(1));
        }
      }
    }
    assertThat(literals).hasSizeGreaterThan(100);
    for (String key : ReportText.words("en").stringPropertyNames()) {
      boolean isWhole = literals.contains(key);
      boolean isPrefixed =
          literals.stream()
              .anyMatch(l -> (l.endsWith(".") || l.endsWith("_")) && key.startsWith(l));
      assertThat(isWhole || isPrefixed).as(key + " is used").isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)",
        "</style></title><svg onload=alert(1)>",
        "javascript:alert(1)//<!--"
      })
  void whatNamesAndValuesContainIsNeverMarkup(String hostile) {
    Map<String, @Nullable Object> report = Json.object(Reports.everywhere(Reports.full(), hostile));
    report.put("profile", Map.of(hostile, hostileProfile(hostile)));

    String clean = ReportPage.render(Reports.full(), "en");
    String page = ReportPage.render(report, "en");

    assertThat(page).contains(Html.escape(hostile));
    assertThat(page).doesNotContain("<script").doesNotContain("<img").doesNotContain("<!--");
    assertThat(tags(page)).isSubsetOf(tags(clean));
    assertThat(attributes(page)).isSubsetOf(attributes(clean));
  }

  private static Map<String, @Nullable Object> hostileProfile(String hostile) {
    return Map.of(
        "samples",
        10,
        "missing",
        0,
        "distinct",
        2,
        "top_values",
        List.of(Map.of("part", hostile, "value", 7)),
        "label_train",
        List.of(Map.of("part", hostile, "value", 7)));
  }

  private static TreeSet<String> tags(String page) {
    return found(page, Pattern.compile("</?([a-zA-Z][a-zA-Z0-9]*)"));
  }

  private static TreeSet<String> attributes(String page) {
    TreeSet<String> names = new TreeSet<>();
    Matcher tag = Pattern.compile("<[a-zA-Z][^>]*>").matcher(page);
    while (tag.find()) {
      names.addAll(found(tag.group(), Pattern.compile("\\s([a-zA-Z-]+)=\"[^\"]*\"")));
    }
    return names;
  }

  private static TreeSet<String> found(String text, Pattern pattern) {
    TreeSet<String> found = new TreeSet<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }

  @Test
  void charactersThatTurnTheTextAroundAreNotPassedOn() {
    assertThat(Html.escape("a\u202Eb\u2066c\u0000d\u0085e"))
        .isEqualTo("a\uFFFDb\uFFFDc\uFFFDd\uFFFDe");
  }

  @Test
  void anArgumentThatLooksLikeAPlaceholderStaysAsItIs() {
    assertThat(new ReportText("en").of("failed_check", "{1}", "7")).isEqualTo("{1} – found: 7");
  }

  @Test
  void sectionsStandInTheirOrderAndEveryLinkHasItsSection() {
    String page = ReportPage.render(Reports.full(), "en");

    assertThat(ids(page)).containsExactlyElementsOf(ReportText.SECTIONS);
    assertThat(links(page)).containsExactlyElementsOf(ReportText.SECTIONS);
    for (Map<String, @Nullable Object> outcome : outcomes()) {
      String other = ReportPage.render(outcome, "zh");
      assertThat(links(other)).isEqualTo(ids(other));
    }
  }

  @Test
  void measuresAreToldWithTheirIntervalEvidenceAndBasis() {
    String page = ReportPage.render(Reports.full(), "en");

    String quality = page.substring(page.indexOf("<section id=\"quality\""));
    quality = quality.substring(0, quality.indexOf("</section>"));
    assertThat(quality).contains("no evidence", "0.8256 … 0.9448", "90 / 100", "3 / 4");
    assertThat(quality).contains("predictions of a model, estimated", "age, city [samples]");
    assertThat(ReportPage.render(Reports.full(), "zh")).contains("准确性", "无依据");
  }

  private static List<String> ids(String page) {
    return inOrder(page, Pattern.compile("<section id=\"([a-z]+)\""));
  }

  private static List<String> links(String page) {
    return inOrder(page, Pattern.compile("href=\"#([a-z]+)\""));
  }

  private static List<String> inOrder(String page, Pattern pattern) {
    List<String> found = new ArrayList<>();
    Matcher matcher = pattern.matcher(page);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }

  @Test
  void everyElementThatIsOpenedIsClosedInItsPlace() {
    for (Map<String, @Nullable Object> outcome : outcomes()) {
      List<String> open = new ArrayList<>();
      Matcher tag =
          Pattern.compile("<(/?)([a-zA-Z][a-zA-Z0-9]*)[^>]*?(/?)>")
              .matcher(ReportPage.render(outcome, "en"));
      while (tag.find()) {
        String name = tag.group(2);
        if (List.of("meta", "br", "link").contains(name) || tag.group(3).equals("/")) {
          continue;
        }
        if (tag.group(1).isEmpty()) {
          open.add(name);
        } else {
          assertThat(open).as("open elements at </" + name + ">").endsWith(name);
          open.remove(open.size() - 1);
        }
      }
      assertThat(open).isEmpty();
    }
  }

  @Test
  void nothingIsFetchedAndNothingIsExecuted() {
    String page = ReportPage.render(Reports.full(), "en");

    assertThat(page).contains("default-src 'none'");
    assertThat(page).doesNotContain("http:").doesNotContain("https:").doesNotContain("<script");
    assertThat(page).doesNotContain("src=").doesNotContain("@import").doesNotContain("url(");
  }

  @Test
  void aFailedCheckIsToldBeforeAnyNumber() {
    String page = ReportPage.render(Reports.checkFailed(), "en");

    assertThat(page).contains("count() &gt; 2500 – found: 900");
    assertThat(page)
        .contains("mean(age) &gt; 1 – could not be measured: there were no samples to measure");
    assertThat(page.indexOf("role=\"alert\"")).isLessThan(page.indexOf("class=\"tiles\""));
    assertThat(page.substring(0, page.indexOf("class=\"tiles\"")))
        .doesNotContain("completeness(age)")
        .doesNotContain("uniqueness(id)");
  }

  @Test
  void tooMuchQuarantinedNamesTheSourceTheShareAndThePlace() {
    String page = ReportPage.render(Reports.quarantineExceeded(), "en");

    assertThat(page).contains("train.csv: 20 of 1,000 samples (2%); allowed: 1%");
    assertThat(page).doesNotContain("test.csv: ");
    assertThat(page).contains("runs/r/quarantine").contains("The run stopped before its checks.");
    assertThat(page).doesNotContain("This is a fault of the program");
  }

  @Test
  void aRecipeWithoutStepsChecksAndModelSaysSo() {
    String page = ReportPage.render(Reports.bare(), "en");

    assertThat(page).contains("The recipe has no steps").contains("The recipe has no checks");
    assertThat(page).contains("Nothing was quarantined.").doesNotContain("<section id=\"model\"");
  }

  @Test
  void anAccountThatDoesNotBalanceIsSaidAloud() {
    Map<String, @Nullable Object> report =
        Reports.with(Reports.bare(), "{\"accounting\": {\"read\": 9, \"kept\": 8}}");

    assertThat(ReportPage.render(report, "en"))
        .contains("class=\"notice bad\">The account does not balance: 9 read + 0 created, but 8");
  }

  @Test
  void reasonsFiguresAndFieldsOfAStepAreShown() {
    String page = ReportPage.render(Reports.full(), "en");

    assertThat(page).contains("Dropped <b>−108</b> (8.9%)");
    assertThat(page).contains("<code>duplicate</code> 100").contains("<code>broken</code> 5");
    assertThat(page).contains("Merged <b>−7</b>").contains("Created <b>+6</b>");
    assertThat(page).contains("age text → long").contains("+city").contains("−town");
  }

  @Test
  void theModelTellsWhatWasReadAndScored() {
    String page = ReportPage.render(Reports.full(), "en");

    assertThat(page)
        .contains("<tr><td>test</td><td class=\"n\">200</td><td class=\"n\">198</td>")
        .contains("Log loss (validation)")
        .contains("<td class=\"n\">0.9500</td><td class=\"soft\">of 198 samples</td>")
        .contains("of 2 classes")
        .contains("polyline");
  }

  @Test
  void theRangeOfAFieldThatIdentifiesIsNotShown() {
    assertThat(ReportPage.render(Reports.full(), "en")).contains("range not shown");
  }

  @Test
  void thousandsOfFieldsStayBelowOneMegabyte() {
    String page = ReportPage.render(Reports.wide(5000), "en");

    assertThat(page.getBytes(StandardCharsets.UTF_8).length).isLessThan(1_000_000);
    assertThat(page).contains("5,000 fields of the version").contains("number_2499<");
    assertThat(page).doesNotContain("number_2500<");
  }

  @Test
  void aShareIsNeverRoundedToNothingOrToAll() {
    assertThat(ReportText.share(1, 100_000)).isEqualTo("<0.1%");
    assertThat(ReportText.share(99_999, 100_000)).isEqualTo(">99.9%");
    assertThat(ReportText.share(0, 5)).isEqualTo("0%");
    assertThat(ReportText.share(5, 5)).isEqualTo("100%");
    assertThat(ReportText.share(1, 3)).isEqualTo("33.3%");
    assertThat(ReportText.share(0, 0)).isEqualTo("0%");
  }

  @Test
  void numbersTimesAndDurationsAreWrittenForPeople() {
    assertThat(ReportText.number(-1234.56)).isEqualTo("−1,234.6");
    assertThat(ReportText.number(0.1234567)).isEqualTo("0.1235");
    assertThat(ReportText.number(1.79e-7)).isEqualTo("1.79e-07");
    assertThat(ReportText.number(Double.NaN)).isEqualTo("–");
    assertThat(ReportText.typed("date", 20_000)).isEqualTo("2024-10-04");
    assertThat(ReportText.typed("timestamp", 1e15)).isEqualTo("2001-09-09 01:46:40");
    assertThat(ReportText.typed("date", 1e300)).isEqualTo("1.00e+300");
    assertThat(ReportText.significant(0.000012345)).isEqualTo("0.0000123");
    assertThat(new ReportText("en").seconds(4000)).isEqualTo("1 h 6 min");
    assertThat(new ReportText("zh").seconds(75)).isEqualTo("1 分 15 秒");
    assertThat(ReportText.cut("a😀b😀", 2)).isEqualTo("a😀…");
  }
}
