package dev.quern.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.data.Batch;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.operator.Mapper;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Transformation;
import dev.quern.privacy.recognise.Detector;
import dev.quern.privacy.recognise.FieldScan;
import dev.quern.trial.Tried;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Telephone and card numbers read as numbers, and days of birth read as dates, are found too. */
class NumberFindingsTest {
  private static final Schema SCHEMA =
      Tried.schema(
          "phone",
          Type.LONG,
          "other_phone",
          Type.DOUBLE,
          "card",
          Type.parse("decimal(20,2)"),
          "birth_date",
          Type.DATE,
          "born",
          Type.TIMESTAMP,
          "user",
          Type.parse("struct<phone: long, ids: list<long>>"),
          "amount",
          Type.DOUBLE,
          "created",
          Type.DATE,
          "weight",
          Type.FLOAT);

  private static final LocalDate DAY = LocalDate.of(1980, 5, 17);
  private static final Instant BIRTH = Instant.parse("1980-05-17T10:30:00.000250Z");

  private static final Batch TABLE =
      Tried.batch(
          SCHEMA,
          new Object[] {
            13800138000L,
            13800138000.0,
            new BigDecimal("4012888888881881.00"),
            DAY,
            BIRTH,
            Map.of("phone", 13800138000L, "ids", Arrays.asList(7L, null, 13900139000L)),
            13800138000.5,
            DAY,
            1f
          },
          new @Nullable Object[] {
            -13800138000L,
            Double.NaN,
            new BigDecimal("4012888888881881.50"),
            LocalDate.of(-4, 5, 17),
            null,
            null,
            1e300,
            null,
            null
          });

  private static Tried again(Tried tried, OperatorSpec spec, @Nullable Object... params) {
    Batch batch =
        Tried.batch(tried.schema, tried.rows.stream().map(List::toArray).toArray(Object[][]::new));
    return Tried.map(Tried.operator(Mapper.class, spec, params), batch);
  }

  private static Tried detected(Batch batch) {
    return Tried.map(Tried.operator(Mapper.class, Detect.SPEC), batch);
  }

  private static Map<?, ?> user(Tried tried) {
    return (Map<?, ?>) tried.rows.get(0).get(5);
  }

  @Test
  void numbersAndDaysAreFoundAsTheyWouldBeWritten() {
    Tried tried = detected(TABLE);
    assertThat((List<?>) tried.rows.get(0).get(9))
        .extracting(
            one ->
                one instanceof Map<?, ?> found
                    ? found.get("field")
                        + " "
                        + found.get("start")
                        + "-"
                        + found.get("end")
                        + " "
                        + found.get("type")
                    : "")
        .containsExactly(
            "phone 0-11 CN_MOBILE",
            "other_phone 0-11 CN_MOBILE",
            "card 0-16 CREDIT_CARD",
            "birth_date 0-10 DATE_OF_BIRTH",
            "born 0-10 DATE_OF_BIRTH",
            "user.phone 0-11 CN_MOBILE",
            "user.ids[2] 0-11 CN_MOBILE");
    assertThat((List<?>) tried.rows.get(1).get(9)).isEmpty();
  }

  @Test
  void aRedactedNumberIsMissingAndItsFieldStaysOne() {
    Tried tried = again(detected(TABLE), Redact.SPEC);
    assertThat(tried.quarantined).isEmpty();
    assertThat(tried.schema.fields().subList(0, 9)).isEqualTo(SCHEMA.fields());
    assertThat(tried.rows.get(0).subList(0, 5)).containsOnlyNulls();
    assertThat(user(tried).get("phone")).isNull();
    assertThat(user(tried).get("ids")).isEqualTo(Arrays.asList(7L, null, null));
    assertThat(tried.rows.get(0).subList(6, 10))
        .isEqualTo(Arrays.asList(13800138000.5, DAY, 1f, List.of()));
    assertThat(tried.changed)
        .contains("0 phone redact_cn_mobile 1.0", "0 birth_date redact_date_of_birth 1.0")
        .hasSize(6);
  }

  @Test
  void whatANumberCanHoldStandsThere() {
    Tried tried = again(detected(TABLE), Redact.SPEC, "types", List.of("CN_MOBILE"), "with", "7");
    assertThat(tried.rows.get(0).subList(0, 4))
        .isEqualTo(Arrays.asList(7L, 7.0, new BigDecimal("4012888888881881.00"), DAY));
    assertThat(user(tried).get("phone")).isEqualTo(7L);
    assertThat((List<?>) tried.rows.get(0).get(9)).hasSize(3);
  }

  @Test
  void surrogatesOfNumbersAndDaysAreSuchAndOnePersonHasOneEverywhere() {
    Tried tried = again(detected(TABLE), Surrogate.SPEC, "key", "env:K");
    List<@Nullable Object> row = tried.rows.get(0);
    long phone = row.get(0) instanceof Long number ? number : 0;
    assertThat(phone).isBetween(13_000_000_000L, 19_999_999_999L).isNotEqualTo(13800138000L);
    assertThat(row.get(1)).isEqualTo((double) phone);
    assertThat(user(tried).get("phone")).isEqualTo(phone);
    assertThat(String.valueOf(row.get(2))).matches("\\d{16}\\.00").doesNotStartWith("40128888");
    assertThat(row.get(3)).isInstanceOf(LocalDate.class).isNotEqualTo(DAY);
    assertThat(String.valueOf(row.get(4))).isEqualTo(row.get(3) + "T10:30:00.000250Z");
    Schema texts = Tried.schema("phone", Type.TEXT);
    Tried text =
        again(
            detected(Tried.batch(texts, new Object[][] {{"13800138000"}})),
            Surrogate.SPEC,
            "key",
            "env:K");
    assertThat(text.rows.get(0).get(0)).isEqualTo(Long.toString(phone));
  }

  @Test
  void whatIsJoinedOnOrTurnedBackIsNotLostInANumber() {
    for (OperatorSpec spec : List.of(HashKeyed.SPEC, Encrypt.SPEC)) {
      Tried tried = again(detected(TABLE), spec, "key", "env:K");
      assertThat(tried.rows).hasSize(1);
      assertThat(tried.quarantined)
          .containsExactly(
              "0 birth_date must be text, as a date cannot hold what stands in place of it; name the"
                  + " field in fields, or read it as text; found: finding_in_number");
    }
  }

  @Test
  void wholeFieldsOfNumbersAreHashedLikeTheirTexts() {
    Schema schema = Tried.schema("a", Type.LONG, "b", Type.DOUBLE, "c", Type.TEXT);
    Batch batch =
        Tried.batch(schema, new Object[][] {{13800138000L, 13800138000.0, "13800138000"}});
    Mapper hash =
        Tried.operator(
            Mapper.class, HashKeyed.SPEC, "fields", List.of("a", "b", "c"), "key", "env:K");
    List<@Nullable Object> row = Tried.map(hash, batch).rows.get(0);
    assertThat(row.get(0)).isEqualTo(row.get(1)).isEqualTo(row.get(2));
  }

  @Test
  void aFieldOfNumbersIsJudgedAsAWhole() {
    @Nullable Object[][] rows = new Object[20][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = new @Nullable Object[] {i < 12 ? 13800138000L + i : 200L + i};
    }
    Batch batch = Tried.batch(Tried.schema("mobile", Type.LONG), rows);
    Transformation fields = Tried.operator(DetectFields.class, Detect.SPEC, "judge", "fields");
    Tried tried = Tried.fit((DetectFields) fields, batch);
    assertThat(String.valueOf(tried.rows.get(19).get(1)))
        .startsWith(
            "[{field=mobile, start=0, end=3, type=CN_MOBILE, recogniser=whole_field, score=0.6");
  }

  @Test
  void aScanSeesTheSame() {
    FieldScan scan = new FieldScan(new Detector(StandardRecognisers.all(), 0.5));
    scan.add(TABLE);
    assertThat(scan.counts())
        .extracting(
            count ->
                count.field() + " " + count.type() + " " + count.covered() + "/" + count.values())
        .containsExactly(
            "phone CN_MOBILE 1/2",
            "other_phone CN_MOBILE 1/2",
            "card CREDIT_CARD 1/2",
            "birth_date DATE_OF_BIRTH 1/2",
            "born DATE_OF_BIRTH 1/1",
            "user.phone CN_MOBILE 1/1",
            "user.ids[] CN_MOBILE 1/2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "patient_ssn",
        "patientSSN",
        "PatientSsn",
        "ssnNumber",
        "ssnno",
        "SSN1",
        "employee.ssn"
      })
  void theNameOfAFieldSpeaksHoweverItsWordsAreParted(String name) {
    Batch batch = Tried.batch(Tried.schema(name, Type.LONG), new Object[] {536221234L});
    assertThat((List<?>) detected(batch).rows.get(0).get(1)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"assnx", "passNote", "session", "ss_n"})
  void aWordWithinAnotherWordOfAFieldSaysNothing(String name) {
    Batch batch = Tried.batch(Tried.schema(name, Type.LONG), new Object[] {536221234L});
    assertThat((List<?>) detected(batch).rows.get(0).get(1)).isEmpty();
  }
}
