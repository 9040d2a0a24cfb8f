package dev.quern.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.data.Batch;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.operator.BindException;
import dev.quern.operator.Mapper;
import dev.quern.operator.OperatorSpec;
import dev.quern.privacy.recognise.Detector;
import dev.quern.privacy.recognise.FieldScan;
import dev.quern.trial.Tried;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Personal data in chats and other nested values are found and replaced like those in texts. */
class NestedFindingsTest {
  private static final Schema SCHEMA =
      Tried.schema(
          "user",
          Type.parse("struct<phone: text, mails: list<text>, a.b: text, age: long>"),
          "messages",
          Type.parse("list<struct<role: text, content: text>>"),
          "t",
          Type.TEXT);

  private static final Batch CHAT =
      Tried.batch(
          SCHEMA,
          new Object[] {
            map("phone", "13800138000", "mails", Arrays.asList("x@y.org", null), "a.b", "z@y.org"),
            List.of(
                map("role", "user", "content", "😀 call 13800138000 or x@y.org"),
                map("role", "bot", "content", "ok"),
                map("role", "user", "content", "13900139000")),
            "x@y.org"
          },
          new Object[] {null, List.of(), "none"});

  private static Map<String, @Nullable Object> map(@Nullable Object... pairs) {
    Map<String, @Nullable Object> map = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(String.valueOf(pairs[i]), pairs[i + 1]);
    }
    return map;
  }

  private static Tried detected(Batch batch) {
    Mapper detect =
        Tried.operator(Mapper.class, Detect.SPEC, "types", List.of("CN_MOBILE", "EMAIL"));
    return Tried.map(detect, batch);
  }

  private static Tried replaced(OperatorSpec spec, @Nullable Object... params) {
    Tried found = detected(CHAT);
    Batch batch =
        Tried.batch(found.schema, found.rows.stream().map(List::toArray).toArray(Object[][]::new));
    return Tried.map(Tried.operator(Mapper.class, spec, params), batch);
  }

  @Test
  void findingsNameTextsByTheirPaths() {
    Tried tried = detected(CHAT);
    assertThat((List<?>) tried.rows.get(0).get(3))
        .extracting(one -> one instanceof Map<?, ?> map ? map.get("field") : one)
        .containsExactly(
            "user.phone",
            "user.mails[0]",
            "user[\"a.b\"]",
            "messages[0].content",
            "messages[0].content",
            "messages[2].content",
            "t");
    assertThat((List<?>) tried.rows.get(1).get(3)).isEmpty();
    assertThat(tried.found.keySet())
        .containsExactlyInAnyOrder(
            "CN_MOBILE(messages)", "CN_MOBILE(user)", "EMAIL(messages)", "EMAIL(t)", "EMAIL(user)");
  }

  @Test
  void whatWasFoundIsReplacedWhereItStands() {
    Tried tried = replaced(Redact.SPEC);
    assertThat(tried.quarantined).isEmpty();
    assertThat(tried.rows.get(0).get(0))
        .isEqualTo(
            map(
                "phone",
                "<CN_MOBILE>",
                "mails",
                Arrays.asList("<EMAIL>", null),
                "a.b",
                "<EMAIL>",
                "age",
                null));
    assertThat(tried.rows.get(0).get(1))
        .isEqualTo(
            List.of(
                map("role", "user", "content", "😀 call <CN_MOBILE> or <EMAIL>"),
                map("role", "bot", "content", "ok"),
                map("role", "user", "content", "<CN_MOBILE>")));
    assertThat(tried.rows.get(0).get(2)).isEqualTo("<EMAIL>");
    assertThat(tried.rows.get(0).get(3)).isEqualTo(List.of());
    assertThat(tried.rows.get(1)).isEqualTo(Arrays.asList(null, List.of(), "none", List.of()));
    assertThat(tried.changed)
        .containsExactlyInAnyOrder(
            "0 t redact_email 1.0",
            "0 user redact_cn_mobile 1.0",
            "0 user redact_email 1.0",
            "0 messages redact_cn_mobile 1.0",
            "0 messages redact_email 1.0");
  }

  @Test
  void onePersonHasOneSurrogateInAllPartsAndRandomOnesDiffer() {
    Tried surrogates = replaced(Surrogate.SPEC, "key", "env:K");
    Map<?, ?> user = (Map<?, ?>) surrogates.rows.get(0).get(0);
    String message = String.valueOf(surrogates.rows.get(0).get(1));
    assertThat(message).contains(String.valueOf(user.get("phone"))).doesNotContain("13800138000");
    Tried random = replaced(Randomize.SPEC);
    Map<?, ?> other = (Map<?, ?>) random.rows.get(0).get(0);
    List<?> mails = (List<?>) other.get("mails");
    assertThat(mails.get(0)).isNotEqualTo(random.rows.get(0).get(2));
  }

  @Test
  void findingsOfOtherTypesMoveWithTheText() {
    Tried tried = replaced(Redact.SPEC, "types", List.of("CN_MOBILE"), "with", "#");
    assertThat(tried.rows.get(0).get(1).toString()).contains("😀 call # or x@y.org");
    assertThat(tried.rows.get(0).get(3).toString())
        .contains("field=messages[0].content, start=12, end=19, type=EMAIL");
  }

  @Test
  void whatWasEncryptedIsDecryptedWhereItStands() {
    Tried encrypted = replaced(Encrypt.SPEC, "key", "env:K");
    assertThat(encrypted.rows.get(0).toString())
        .contains("<CN_MOBILE:")
        .doesNotContain("13800138000", "x@y.org");
    Batch batch =
        Tried.batch(
            encrypted.schema, encrypted.rows.stream().map(List::toArray).toArray(Object[][]::new));
    Mapper decrypt =
        Tried.operator(
            Mapper.class,
            Decrypt.SPEC,
            "fields",
            List.of("user", "messages", "t"),
            "key",
            "env:K",
            "what",
            "findings");
    Tried again = Tried.map(decrypt, batch);
    assertThat(again.quarantined).isEmpty();
    assertThat(again.rows.get(0).subList(0, 3)).isEqualTo(detected(CHAT).rows.get(0).subList(0, 3));
    assertThat(again.rows.get(1).subList(0, 3)).isEqualTo(Arrays.asList(null, List.of(), "none"));
  }

  @Test
  void aFieldCalledLikeAPartOfAnotherIsRefused() {
    Schema schema = Tried.schema("a", Type.parse("struct<b: text>"), "a.b", Type.TEXT);
    Mapper detect = Tried.operator(Mapper.class, Detect.SPEC);
    assertThatThrownBy(() -> detect.output(schema))
        .isInstanceOf(BindException.class)
        .hasMessage(
            "must hold no field that is called like a part of another; found: a.b, a; fix: rename"
                + " one of them");
  }

  @Test
  void aScanCountsElementsOfOneListTogether() {
    FieldScan scan = new FieldScan(new Detector(StandardRecognisers.all(), 0.5));
    scan.add(CHAT);
    assertThat(scan.counts())
        .filteredOn(count -> count.type().equals("CN_MOBILE") || count.type().equals("EMAIL"))
        .extracting(count -> count.field() + " " + count.type() + " " + count.findings())
        .containsExactlyInAnyOrder(
            "user.phone CN_MOBILE 1",
            "user.mails[] EMAIL 1",
            "user[\"a.b\"] EMAIL 1",
            "messages[].content CN_MOBILE 2",
            "messages[].content EMAIL 1",
            "t EMAIL 1");
  }
}
