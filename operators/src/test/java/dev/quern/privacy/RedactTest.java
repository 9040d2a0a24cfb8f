package dev.quern.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.data.Batch;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.operator.BindException;
import dev.quern.operator.Mapper;
import dev.quern.privacy.recognise.Findings;
import dev.quern.trial.Tried;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RedactTest {
  private static final Schema SCHEMA =
      Tried.schema("t", Type.TEXT, "u", Type.TEXT, "findings", Findings.TYPE);

  @Test
  void replacesWhatWasFoundInAnyUnicodeText() {
    Tried tried =
        redact(
            new Object[] {
              "😀é李雷, 𠮷x@y.org!",
              "b",
              List.of(found("t", 2, 4, "PERSON"), found("t", 7, 14, "EMAIL"))
            });
    assertThat(tried.rows.get(0).get(0)).isEqualTo("😀é<PERSON>, 𠮷<EMAIL>!");
    assertThat(tried.rows.get(0).get(1)).isEqualTo("b");
    assertThat(tried.rows.get(0).get(2)).isEqualTo(List.of());
    assertThat(tried.changed)
        .containsExactlyInAnyOrder("0 t redact_person 1.0", "0 t redact_email 1.0");
  }

  @Test
  void whatIsNotReplacedMovesWithTheText() {
    Mapper only =
        Tried.operator(Mapper.class, Redact.SPEC, "types", List.of("EMAIL"), "with", "[{type}]");
    Tried tried =
        Tried.map(
            only,
            Tried.batch(
                SCHEMA,
                new Object[] {
                  "a@b.org 李雷 c@d.org",
                  null,
                  List.of(
                      found("t", 0, 7, "EMAIL"),
                      found("t", 8, 10, "PERSON"),
                      found("t", 11, 18, "EMAIL"))
                }));
    assertThat(tried.rows.get(0).get(0)).isEqualTo("[EMAIL] 李雷 [EMAIL]");
    assertThat(tried.rows.get(0).get(2).toString()).contains("start=8, end=10, type=PERSON");
  }

  @Test
  void noCharacterOfAnyFindingStaysWhereTheyOverlap() {
    Tried tried =
        redact(
            new Object[] {
              "xx0123456789yy",
              null,
              List.of(found("t", 4, 9, "PHONE"), found("t", 2, 6, "ZIP"), found("t", 8, 12, "AGE"))
            });
    assertThat(tried.rows.get(0).get(0)).isEqualTo("xx<PHONE>yy");
  }

  /** Against a slow oracle: every covered character is gone, every other one stays in order. */
  @Test
  void coveredCharactersGoAndAllOthersStay() {
    SplittableRandom random = new SplittableRandom(7);
    String signs = "aé李😀𠮷 9";
    int[] points = signs.codePoints().toArray();
    for (int trial = 0; trial < 500; trial++) {
      int length = 1 + random.nextInt(20);
      int[] text = random.ints(length, 0, points.length).map(i -> points[i]).toArray();
      boolean[] isCovered = new boolean[length];
      List<Object> spans = new ArrayList<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        int start = random.nextInt(length);
        int end = start + 1 + random.nextInt(length - start);
        spans.add(found("t", start, end, "X" + i));
        java.util.Arrays.fill(isCovered, start, end, true);
      }
      StringBuilder expected = new StringBuilder();
      for (int i = 0; i < length; i++) {
        if (!isCovered[i]) {
          expected.appendCodePoint(text[i]);
        } else if (i == 0 || !isCovered[i - 1] || starts(spans, i) && !crosses(spans, i)) {
          expected.append('#');
        }
      }
      Mapper mark = Tried.operator(Mapper.class, Redact.SPEC, "with", "#");
      Object[] row = {new String(text, 0, length), null, spans};
      assertThat(Tried.map(mark, Tried.batch(SCHEMA, row)).rows.get(0).get(0))
          .isEqualTo(expected.toString());
    }
  }

  private static boolean starts(List<Object> spans, long at) {
    return spans.stream().anyMatch(span -> ((Map<?, ?>) span).get("start").equals(at));
  }

  private static boolean crosses(List<Object> spans, long at) {
    return spans.stream()
        .map(span -> (Map<?, ?>) span)
        .anyMatch(span -> (long) span.get("start") < at && (long) span.get("end") > at);
  }

  @Test
  void findingsThatDoNotFitTheTextPutTheSampleIntoQuarantine() {
    Tried tried =
        redact(
            new Object[] {"short", null, List.of(found("t", 2, 9, "X"))},
            new Object[] {"short", null, List.of(found("u", 0, 1, "X"))},
            new Object[] {"short", null, List.of(found("v", 0, 1, "X"))},
            new Object[] {"short", null, List.of(found("t", -1, 1, "X"))},
            new Object[] {"stays", null, List.of()});
    assertThat(tried.rows).hasSize(1);
    assertThat(
            tried.quarantined.stream()
                .map(q -> q.split(" ")[0] + rule(q))
                .collect(Collectors.toList()))
        .containsExactly(
            "0finding_outside_text",
            "1finding_without_text",
            "2finding_without_field",
            "3finding_outside_text");
    assertThat(tried.quarantined.toString()).doesNotContain("short");
  }

  private static String rule(String quarantined) {
    java.util.regex.Matcher rule =
        java.util.regex.Pattern.compile("finding_[a-z_]+").matcher(quarantined);
    return rule.find() ? rule.group() : quarantined;
  }

  @Test
  void fieldsAreReplacedAsAWholeAndBecomeText() {
    Mapper whole = Tried.operator(Mapper.class, Redact.SPEC, "fields", List.of("n"));
    Batch batch = Tried.column("n", Type.LONG, 5L, null);
    assertThat(Tried.map(whole, batch).rows).containsExactly(List.of("<FIELD>"), row(null));
  }

  private static List<@Nullable Object> row(@Nullable Object value) {
    return java.util.Collections.singletonList(value);
  }

  @Test
  void withoutFieldsAndFindingsThereIsNothingToReplace() {
    Mapper any = Tried.operator(Mapper.class, Redact.SPEC);
    assertThatThrownBy(() -> any.output(Tried.schema("t", Type.TEXT)))
        .isInstanceOf(BindException.class)
        .hasMessage(
            "must be given where there are no findings; found: neither; name fields, or put"
                + " privacy.detect before this step");
    Mapper both =
        Tried.operator(
            Mapper.class, Redact.SPEC, "fields", List.of("t"), "types", List.of("EMAIL"));
    assertThatThrownBy(() -> both.output(SCHEMA)).hasMessageContaining("found: both");
    Mapper wrong = Tried.operator(Mapper.class, Redact.SPEC, "findings", "t");
    assertThatThrownBy(() -> wrong.output(SCHEMA))
        .hasMessage(
            "must name a field of findings, as privacy.detect adds it; found: t of type text");
  }

  @Test
  void aMisspeltTypeIsRefusedBeforeItLeavesAnythingInClear() {
    Mapper misspelt = Tried.operator(Mapper.class, Redact.SPEC, "types", List.of("EMIAL"));
    assertThatThrownBy(() -> misspelt.output(SCHEMA))
        .isInstanceOf(BindException.class)
        .hasMessageStartingWith(
            "must name types of findings; found: EMIAL; did you mean 'EMAIL'?; types: ");
    Mapper person =
        Tried.operator(
            Mapper.class, Surrogate.SPEC, "fields", List.of("t"), "type", "PERSN", "key", "env:K");
    assertThatThrownBy(() -> person.output(SCHEMA))
        .hasMessageStartingWith(
            "must name types of findings; found: PERSN; did you mean 'PERSON'?");
  }

  @Test
  void findingsOfATextThatHasChangedSinceAreNotReplacedElsewhere() {
    Batch batch =
        Tried.batch(
            Tried.schema("t", Type.TEXT),
            new Object[][] {{"  call 13800138000 now"}, {"mail ann@example.org, 13800138000"}});
    Tried detected = Tried.map(Tried.operator(Mapper.class, Detect.SPEC), batch);
    Object[][] trimmed = new Object[2][];
    for (int i = 0; i < trimmed.length; i++) {
      trimmed[i] =
          new Object[] {
            String.valueOf(detected.rows.get(i).get(0)).strip(), detected.rows.get(i).get(1)
          };
    }
    Batch changed = Tried.batch(detected.schema, trimmed);
    Tried mails =
        Tried.map(Tried.operator(Mapper.class, Redact.SPEC, "types", List.of("EMAIL")), changed);
    assertThat(mails.quarantined)
        .containsExactly(
            "0 t must be findings that fit the text; run privacy.detect after steps that change"
                + " it; found: finding_of_other_text");
    assertThat(mails.rows).hasSize(1);
    Tried rest =
        Tried.map(
            Tried.operator(Mapper.class, Redact.SPEC),
            Tried.batch(mails.schema, new Object[][] {mails.rows.get(0).toArray()}));
    assertThat(rest.rows.get(0)).isEqualTo(List.of("mail <EMAIL>, <CN_MOBILE>", List.of()));
  }

  static Tried redact(Object[]... rows) {
    return Tried.map(Tried.operator(Mapper.class, Redact.SPEC), Tried.batch(SCHEMA, rows));
  }

  static Map<String, @Nullable Object> found(String field, long start, long end, String type) {
    Map<String, @Nullable Object> found = new HashMap<>();
    found.put("field", field);
    found.put("start", start);
    found.put("end", end);
    found.put("type", type);
    found.put("recogniser", "test");
    found.put("score", 1.0);
    return found;
  }
}
