package dev.quern.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.data.Batch;
import dev.quern.data.Type;
import dev.quern.engine.FoundCounts;
import dev.quern.operator.Transformation;
import dev.quern.privacy.recognise.FieldSample;
import dev.quern.trial.Tried;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DetectFieldsTest {
  private static final List<String> TYPES = List.of("CN_MOBILE", "EMAIL");
  private static final DetectFields FIELDS =
      Tried.operator(DetectFields.class, Detect.SPEC, "judge", "fields", "types", TYPES);

  /** Of 20 values {@code good} are mobile numbers; then one is a note with one, one is missing. */
  private static Batch table(String field, int good) {
    @Nullable Object[][] rows = new Object[20][];
    for (int i = 0; i < rows.length; i++) {
      String value = i < good ? "1380013800" + i % 10 : " 138-00x" + i + " ";
      rows[i] = new @Nullable Object[] {value, "see ann@example.org or " + i};
    }
    rows[18][0] = "ask 13800138001";
    rows[19][0] = null;
    return Tried.batch(Tried.schema(field, Type.TEXT, "note", Type.TEXT), rows);
  }

  private static String findings(Tried tried, int row) {
    return String.valueOf(tried.rows.get(row).get(2));
  }

  @Test
  void everyValueOfAFieldOfTelephoneNumbersIsAFinding() {
    Tried tried = Tried.fit(FIELDS, table("mobile", 12));
    assertThat(findings(tried, 0))
        .startsWith("[{field=mobile, start=0, end=11, type=CN_MOBILE, recogniser=cn_mobile");
    assertThat(findings(tried, 12))
        .startsWith(
            "[{field=mobile, start=1, end=10, type=CN_MOBILE, recogniser=whole_field,"
                + " score=0.631578947368421, length=11}, {field=note");
    assertThat(findings(tried, 18))
        .startsWith("[{field=mobile, start=0, end=15, type=CN_MOBILE, recogniser=whole_field");
    assertThat(findings(tried, 19)).startsWith("[{field=note, start=4, end=19, type=EMAIL");
    assertThat(tried.found.get("CN_MOBILE(mobile)"))
        .extracting(FoundCounts::findings, FoundCounts::samples)
        .containsExactly(19L, 19L);
    assertThat(tried.learnt.get("mobile")).hasToString("{share_of_CN_MOBILE=0.631578947368421}");
    assertThat(tried.learnt).doesNotContainKey("note");
  }

  @Test
  void aNameThatSaysNothingNeedsAGreaterShare() {
    assertThat(findings(Tried.fit(FIELDS, table("x", 12)), 12)).doesNotContain("field=x");
    assertThat(findings(Tried.fit(FIELDS, table("x", 16)), 17)).contains("whole_field");
    assertThat(findings(Tried.fit(FIELDS, table("mobile", 9)), 12)).doesNotContain("field=mobile");
  }

  @Test
  void scoresBelowTheLeastAreLeftOutHereToo() {
    DetectFields sure =
        Tried.operator(
            DetectFields.class, Detect.SPEC, "judge", "fields", "types", TYPES, "min_score", 0.7);
    assertThat(findings(Tried.fit(sure, table("mobile", 12)), 12)).doesNotContain("field=mobile");
  }

  @Test
  void noSamplesAndFewSamplesSayNothingOfAField() {
    Batch few = Tried.column("mobile", Type.TEXT, "13800138000", "x");
    assertThat(Tried.fit(FIELDS, few).learnt.get("mobile")).isNull();
    Batch none = few.select(new int[0], 0);
    assertThat(Tried.fit(FIELDS, none, few).rows.get(1).get(1)).isEqualTo(List.of());
  }

  @Test
  void byDefaultEachValueIsJudgedByItself() {
    assertThat(Tried.operator(Transformation.class, Detect.SPEC)).isInstanceOf(Detect.class);
  }

  @Test
  void equalSamplesGiveEqualStatesInAnyOrderAndPart() throws IOException {
    @Nullable Object[][] rows = new Object[3 * FieldSample.SAMPLES][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = new @Nullable Object[] {i % 3 == 0 ? "a" + i + "@example.org" : "none"};
    }
    Batch all = Tried.batch(Tried.schema("t", Type.TEXT), rows);
    FieldSample whole = FIELDS.zero(all.schema(), Tried.STEP);
    whole.add(all);
    FieldSample merged = FIELDS.zero(all.schema(), Tried.STEP);
    for (int part = 2; part >= 0; part--) {
      int[] chosen = new int[FieldSample.SAMPLES];
      for (int i = 0; i < chosen.length; i++) {
        chosen[i] = part + 3 * i;
      }
      FieldSample one = FIELDS.zero(all.schema(), Tried.STEP);
      one.add(all.select(chosen, chosen.length));
      merged.merge(one);
    }
    merged.merge(FIELDS.zero(all.schema(), Tried.STEP));
    byte[] state = written(whole);
    assertThat(written(merged)).isEqualTo(state);
    FieldSample read =
        FIELDS.read(new DataInputStream(new ByteArrayInputStream(state)), all.schema(), Tried.STEP);
    assertThat(written(read)).isEqualTo(state);
  }

  private static byte[] written(FieldSample sample) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    sample.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }
}
