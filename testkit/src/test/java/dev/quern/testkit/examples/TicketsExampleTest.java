package dev.quern.testkit.examples;

import static dev.quern.testkit.examples.ExamplesTest.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.quern.format.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tickets, held against what this test reads out of the raw files on its own. */
class TicketsExampleTest {
  private static final Set<String> HOLES = Set.of("", "N/A", "-", "null", "?", "无", "未知");

  /** Personal data by the tag that replaces them, as the generator plants them. */
  private static final Map<String, Pattern> PERSONAL =
      new TreeMap<>(
          Map.of(
              "[EMAIL]", Pattern.compile("[A-Za-z0-9._]+@[a-z.]+\\.(com|org)"),
              "[PHONE]", Pattern.compile("\\+1 202-555-\\d{4}|电话1\\d{10}"),
              "[CN_ID]", Pattern.compile("\\d{17}[\\dX]"),
              "[CREDIT_CARD]", Pattern.compile("4111 \\d{4} \\d{4} \\d{4}"),
              "[IPV4]", Pattern.compile("10\\.\\d+\\.\\d+\\.\\d+")));

  private static final List<Map<String, @Nullable Object>> RAW = new ArrayList<>();

  /** Raw tickets by number, the first of each. */
  private static final Map<String, Map<String, @Nullable Object>> TICKETS = new TreeMap<>();

  private static ExampleRun run;
  private static List<Map<String, @Nullable Object>> samples = List.of();

  @BeforeAll
  static void run(@TempDir Path folder) throws IOException {
    run = ExampleRun.of("tickets", folder);
    samples = run.samples();
    for (String line : Files.readAllLines(run.folder().resolve("data/app.jsonl"))) {
      RAW.add(Json.parseObject(line));
    }
    List<List<String>> web = csv(Files.readString(run.folder().resolve("data/web.csv")));
    for (List<String> cells : web.subList(1, web.size())) {
      Map<String, @Nullable Object> ticket = new LinkedHashMap<>();
      for (int i = 0; i < cells.size(); i++) {
        ticket.put(web.get(0).get(i), cells.get(i));
      }
      RAW.add(ticket);
    }
    RAW.forEach(ticket -> TICKETS.putIfAbsent(text(ticket, "ticket_id"), ticket));
  }

  private static List<List<String>> csv(String file) {
    List<List<String>> records = new ArrayList<>();
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = file.charAt(0) == '\uFEFF' ? 1 : 0; i < file.length(); i++) {
      char c = file.charAt(i);
      if (c == '"') {
        if (quoted && i + 1 < file.length() && file.charAt(i + 1) == '"') {
          cell.append(file.charAt(++i));
        } else {
          quoted = !quoted;
        }
      } else if (!quoted && (c == ',' || c == '\n')) {
        cells.add(cell.toString());
        cell.setLength(0);
        if (c == '\n') {
          records.add(cells);
          cells = new ArrayList<>();
        }
      } else if (quoted || c != '\r') {
        cell.append(c);
      }
    }
    return records;
  }

  private static String text(Map<String, @Nullable Object> sample, String field) {
    return String.valueOf(sample.get(field)).strip();
  }

  @Test
  void figuresAreAsExpected() throws IOException {
    Expected.compare(run);
  }

  @Test
  void everyTicketIsThereOnce() {
    assertThat(RAW).hasSize(3000);
    int planted = RAW.size() - TICKETS.size();
    assertThat(planted).isPositive();
    assertThat(run.part("accounting").get("dropped")).isEqualTo((long) planted);
    assertThat(samples.stream().map(sample -> text(sample, "ticket_id")))
        .containsExactlyInAnyOrderElementsOf(TICKETS.keySet());
  }

  @Test
  void personalDataAreReplacedByTheirTagsAndNothingElseIs() {
    Map<String, Integer> planted = new TreeMap<>();
    Map<String, Integer> tags = new TreeMap<>();
    for (Map<String, @Nullable Object> sample : samples) {
      Map<String, @Nullable Object> ticket = TICKETS.get(text(sample, "ticket_id"));
      for (String field : List.of("subject", "body")) {
        String before = Normalizer.normalize(text(ticket, field), Normalizer.Form.NFKC);
        String after = Normalizer.normalize(text(sample, field), Normalizer.Form.NFKC);
        for (Map.Entry<String, Pattern> kind : PERSONAL.entrySet()) {
          planted.merge(
              kind.getKey(), kind.getValue().matcher(before).find() ? 1 : 0, Integer::sum);
          tags.merge(kind.getKey(), after.contains(kind.getKey()) ? 1 : 0, Integer::sum);
          assertThat(kind.getValue().matcher(after).find())
              .as("%s in %s of %s", kind.getKey(), field, sample.get("ticket_id"))
              .isFalse();
        }
      }
    }
    assertThat(planted.values()).allMatch(count -> count > 100);
    assertThat(tags).isEqualTo(planted);
  }

  @Test
  void customersArePseudonymsInOneSplitEach() {
    Map<String, Set<String>> pseudonyms = new TreeMap<>();
    Map<String, Set<String>> splits = new TreeMap<>();
    for (Map<String, @Nullable Object> sample : samples) {
      String customer = text(TICKETS.get(text(sample, "ticket_id")), "customer_id");
      String pseudonym = text(sample, "customer_id");
      assertThat(pseudonym).matches("[0-9a-f]{32}");
      pseudonyms.computeIfAbsent(customer, c -> new TreeSet<>()).add(pseudonym);
      splits.computeIfAbsent(pseudonym, c -> new TreeSet<>()).add(text(sample, "_split"));
    }
    assertThat(pseudonyms.values()).allMatch(names -> names.size() == 1);
    assertThat(splits).hasSameSizeAs(pseudonyms);
    assertThat(splits.values()).allMatch(of -> of.size() == 1);
  }

  @Test
  void unitsAndStylesBecomeOne() {
    Set<Double> fillings = new TreeSet<>();
    int stated = 0;
    for (Map<String, @Nullable Object> sample : samples) {
      Map<String, @Nullable Object> ticket = TICKETS.get(text(sample, "ticket_id"));
      OptionalDouble minutes = minutes(text(ticket, "waiting"));
      double found = number(sample, "waiting_minutes");
      if (minutes.isPresent()) {
        stated++;
        assertThat(found).isCloseTo(minutes.getAsDouble(), within(1e-9));
      } else {
        fillings.add(found);
      }
      String amount = text(ticket, "amount");
      if (!HOLES.contains(amount)) {
        double cny = Double.parseDouble(amount.replaceAll("[^0-9.]", ""));
        assertThat(number(sample, "amount_cny")).isCloseTo(cny, within(1e-9));
      }
      assertThat(text(sample, "created")).matches("2025-\\d{1,2}-\\d{1,2}");
    }
    assertThat(stated).isBetween(2300, 2700);
    assertThat(fillings).as("holes are filled with the median of train").hasSize(1);
  }

  private static OptionalDouble minutes(String written) {
    if (HOLES.contains(written)) {
      return OptionalDouble.empty();
    }
    double number = Double.parseDouble(written.replaceAll("[^0-9.]", ""));
    return OptionalDouble.of(written.endsWith("h") ? number * 60 : number);
  }

  /** No skew: raw tickets go through the steps that are stored beside the model. */
  @Test
  void rawTicketsAreRoutedAsWellAsTheMetricSays() throws IOException {
    List<Map<String, @Nullable Object>> asked = new ArrayList<>();
    List<String> truth = new ArrayList<>();
    for (Map<String, @Nullable Object> sample : samples) {
      if ("test".equals(sample.get("_split"))) {
        asked.add(TICKETS.get(text(sample, "ticket_id")));
        truth.add(text(sample, "category"));
      }
    }
    List<Map<String, @Nullable Object>> answers = run.predict(asked);
    double right = 0;
    for (int i = 0; i < answers.size(); i++) {
      right += text(answers.get(i), "prediction").equals(truth.get(i)) ? 1 : 0;
    }
    assertThat(number(run.metric("accuracy"), "denominator")).isEqualTo(truth.size());
    assertThat(right).isEqualTo(number(run.metric("accuracy"), "numerator"));
  }
}
