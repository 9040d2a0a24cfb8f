package dev.quern.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.data.Batch;
import dev.quern.data.BatchBuilder;
import dev.quern.data.Field;
import dev.quern.data.Role;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.quality.repair.SampledRows;
import dev.quern.trial.Tried;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RepairTest {
  private static final String[] CITIES = {"Gary", "Bend", "Boise", "Fargo", "Omaha", "Provo"};
  private static final String[] STATES = {"IN", "OR", "ID", "ND", "NE", "UT"};

  @Test
  void textsThatStandForMissingBecomeMissing() {
    Tried tried =
        mended(40, "size", row -> row == 3 ? "N/A" : row == 5 ? "-" : "" + (10 + row % 7));
    assertThat(tried.rows.get(3)).containsExactly((Object) null);
    assertThat(tried.rows.get(5)).containsExactly((Object) null);
    assertThat(tried.changed)
        .containsExactly("3 size missing_token 0.99", "5 size missing_token 0.99");
  }

  @Test
  void aFrequentNoneIsAValueOfAFieldOfTexts() {
    Tried tried = mended(40, "debtor", row -> row % 2 == 0 ? "none" : "guarantor");
    assertThat(tried.changed).isEmpty();
  }

  @Test
  void unitsAreStrippedWhereTheyDiffer() {
    Tried tried =
        mended(
            60,
            "ounces",
            row -> (row % 2 == 0 ? "12.0" : "16.9") + (row % 3 == 0 ? " oz" : " ounce"));
    assertThat(tried.values()).contains("12", "16.9").doesNotContain("12.0 oz", "16.9 ounce");
    assertThat(mended(60, "score", row -> row % 9 + "%").changed).isEmpty();
  }

  @Test
  void numbersInAnotherUnitAreConvertedBack() {
    Tried tried =
        mended(
            200, "height", row -> row == 9 ? "152.4" : row == 11 ? "200.66" : "" + (50 + row % 30));
    assertThat(tried.values().get(9)).isEqualTo("60");
    assertThat(tried.values().get(11)).isEqualTo("79");
    assertThat(tried.values().get(12)).isEqualTo("62");
  }

  @Test
  void rareTextsNearAFrequentOneAreSlips() {
    Tried tried =
        mended(60, "kind", row -> row == 4 ? "acuxe care" : row % 3 == 0 ? "clinic" : "acute care");
    assertThat(tried.values().get(4)).isEqualTo("acute care");
    assertThat(tried.changed).hasSize(1);
  }

  @Test
  void codesThatDifferInDigitsAreNoSlips() {
    assertThat(mended(60, "code", row -> row == 4 ? "A48" : "A43").changed).isEmpty();
  }

  @Test
  void theMinorityOfADependencyIsMended() {
    Schema schema = Tried.schema("city", Type.TEXT, "state", Type.TEXT);
    Batch batch =
        rows(
            schema,
            120,
            row ->
                new Object[] {
                  CITIES[row % 6] + " town " + row % 12,
                  row == 7 ? "OR" : row == 9 ? null : STATES[row % 6]
                });
    Tried tried = Tried.fit(repair(), batch);
    assertThat(tried.rows.get(7)).containsExactly("Bend town 7", "OR");
    assertThat(tried.rows.get(9)).containsExactly("Fargo town 9", "ND");
    Batch wrong =
        rows(
            schema,
            120,
            row ->
                new Object[] {
                  CITIES[row % 6] + " town " + row % 12, row == 8 ? "UT" : STATES[row % 6]
                });
    assertThat(Tried.fit(repair(), wrong).rows.get(8)).containsExactly("Boise town 8", "ID");
  }

  @Test
  void whatLeakedIntoAnotherFieldGoesHome() {
    Schema schema = Tried.schema("city", Type.TEXT, "state", Type.TEXT);
    Batch batch =
        rows(
            schema,
            120,
            row ->
                row % 15 == 2
                    ? new Object[] {CITIES[row % 6] + " " + STATES[row % 6], null}
                    : new Object[] {CITIES[row % 6], STATES[row % 6]});
    Tried tried = Tried.fit(repair(), batch);
    assertThat(tried.rows.get(2)).containsExactly("Boise", "ID");
    assertThat(tried.rows.get(17)).containsExactly("Provo", "UT");
  }

  @Test
  void swappedCellsAreSwappedBack() {
    Schema schema = Tried.schema("work", Type.TEXT, "hours", Type.TEXT);
    Batch batch =
        rows(
            schema,
            300,
            row ->
                row == 8
                    ? new Object[] {"38", "private"}
                    : new Object[] {row % 3 == 0 ? "state" : "private", "" + (30 + row % 11)});
    assertThat(Tried.fit(repair(), batch).rows.get(8)).containsExactly("private", "38");
  }

  @Test
  void numbersFarOutsideAreToldAndStay() {
    Batch batch =
        rows(
            Tried.schema("x", Type.DOUBLE),
            300,
            row -> new Object[] {row == 5 ? 4000.5 : 10 + row % 40 / 2.0});
    Tried told = Tried.fit(repair("findings", "found"), batch);
    assertThat(told.rows.get(5).get(0)).isEqualTo(4000.5);
    assertThat(told.rows.get(5).get(1).toString()).contains("field=x", "rule=outlier");
    Tried gone = Tried.fit(repair("unrepaired", "missing"), batch);
    assertThat(gone.rows.get(5)).containsExactly((Object) null);
  }

  @Test
  void proposingChangesNothing() {
    Batch batch =
        rows(Tried.schema("a", Type.TEXT), 40, row -> new Object[] {row == 1 ? "?" : "x"});
    Tried tried = Tried.fit(repair("mode", "propose"), batch);
    assertThat(tried.values()).contains("?");
    assertThat(tried.changed).isEmpty();
    assertThat(tried.schema.names()).containsExactly("a", "findings");
    assertThat(tried.rows.get(1).get(1).toString()).contains("rule=missing_token");
    assertThat(tried.rows.get(2).get(1)).isEqualTo(List.of());
    assertThatThrownBy(() -> repair("findings", "a").output(Tried.schema("a", Type.TEXT)))
        .hasMessage("must be a new field; found: a, which is in the input");
  }

  @Test
  void changesBelowTheConfidenceAreNotMade() {
    Batch batch =
        rows(Tried.schema("a", Type.TEXT), 40, row -> new Object[] {row == 1 ? "-" : "x"});
    assertThat(Tried.fit(repair("confidence", 0.95), batch).changed).isEmpty();
    assertThat(Tried.fit(repair("confidence", 0.9), batch).changed).hasSize(1);
  }

  @Test
  void labelAndIdentifierAreLeftAloneUnlessNamed() {
    Schema schema =
        Schema.of(
            Field.of("y", Type.TEXT).with(Role.LABEL),
            Field.of("id", Type.TEXT).with(Role.IDENTIFIER),
            Field.of("a", Type.TEXT));
    Batch batch = rows(schema, 3, row -> new Object[] {"?", "?", "?"});
    assertThat(Tried.fit(repair(), batch).rows.get(0)).containsExactly("?", "?", null);
  }

  @Test
  void aReviewedCellTeachesAboutItsLike() {
    Batch batch =
        rows(
            Tried.schema("a", Type.TEXT),
            200,
            row -> new Object[] {row % 50 == 3 ? "grey" : row % 50 == 5 ? "rot" : "gray"});
    assertThat(Tried.fit(repair(), batch).values().get(3)).isEqualTo("gray");
    Tried told =
        Tried.fit(
            repair(
                "review",
                List.of(
                    Map.of("id", batch.keys().id(3).toString(), "field", "a", "verdict", "right"),
                    Map.of("value", "rot", "field", "a", "correct", "red"))),
            batch);
    assertThat(told.values().get(3)).isEqualTo("grey");
    assertThat(told.values().get(53)).isEqualTo("grey");
    assertThat(told.values().get(55)).isEqualTo("red");
    assertThat(told.changed).contains("55 a reviewed 0.9").hasSize(4);
  }

  @Test
  void reviewsMustSayWhatTheyKnow() {
    assertThatThrownBy(() -> repair("review", List.of(Map.of("field", "a", "value", "x"))))
        .hasMessageContaining(
            "a list of {field, id or value, verdict: right or wrong, or correct}");
    Repair other =
        repair("review", List.of(Map.of("field", "b", "value", "x", "verdict", "right")));
    assertThatThrownBy(() -> other.output(Tried.schema("a", Type.TEXT)))
        .hasMessage("must name fields that are looked at; found: b");
  }

  @Test
  void mendingAMendedTableChangesNothing() {
    Batch batch = dirty(400);
    Tried once = Tried.fit(repair(), batch);
    assertThat(once.changed).isNotEmpty();
    Batch mended = rows(batch.schema(), 400, row -> once.rows.get(row).toArray());
    assertThat(Tried.fit(repair(), mended).changed).isEmpty();
  }

  @Test
  void noSampleAtAllIsFine() {
    Batch none = rows(Tried.schema("a", Type.TEXT), 0, row -> new Object[0]);
    Batch some = rows(Tried.schema("a", Type.TEXT), 2, row -> new Object[] {"?"});
    assertThat(Tried.fit(repair(), none, some).values()).containsExactly("?", "?");
  }

  @Test
  void theStateDependsNeitherOnOrderNorOnParts() throws IOException {
    Batch batch = dirty(300);
    SampledRows whole = part(batch, 0, 300);
    SampledRows parts = part(batch, 200, 300);
    parts.merge(part(batch, 0, 50));
    parts.merge(part(batch, 50, 200));
    parts.merge(part(batch, 0, 0));
    byte[] written = written(whole);
    assertThat(written(parts)).isEqualTo(written);
    SampledRows read =
        repair()
            .read(
                new DataInputStream(new ByteArrayInputStream(written)), batch.schema(), Tried.STEP);
    assertThat(written(read)).isEqualTo(written);
    assertThat(repair().fit(read, batch.schema())).isEqualTo(repair().fit(whole, batch.schema()));
  }

  private static SampledRows part(Batch batch, int from, int to) {
    SampledRows state = repair().zero(batch.schema(), Tried.STEP);
    int[] rows = new int[to - from];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = from + i;
    }
    state.add(batch.select(rows, rows.length));
    return state;
  }

  private static byte[] written(SampledRows state) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    state.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static Batch dirty(int size) {
    Schema schema =
        Tried.schema("city", Type.TEXT, "state", Type.TEXT, "size", Type.TEXT, "n", Type.LONG);
    return rows(
        schema,
        size,
        row -> {
          @Nullable Object[] cells = {
            CITIES[row % 6], STATES[row % 6], "" + (40 + row % 23), (long) (row % 17)
          };
          switch (row % 37) {
            case 1 -> cells[0] = CITIES[row % 6].replace('a', 'x');
            case 2 -> cells[1] = STATES[(row + 1) % 6];
            case 3 -> cells[2] = "" + (40 + row % 23) + " cm";
            case 4 -> cells[2] = "?";
            case 5 -> cells[3] = 100_000L + row;
            default -> {}
          }
          return cells;
        });
  }

  private static Tried mended(int size, String field, IntFunction<String> cell) {
    return Tried.fit(
        repair(),
        rows(Tried.schema(field, Type.TEXT), size, row -> new Object[] {cell.apply(row)}));
  }

  private static Batch rows(Schema schema, int size, IntFunction<@Nullable Object[]> cells) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (int row = 0; row < size; row++) {
      rows.add(cells.apply(row));
    }
    return size == 0
        ? new BatchBuilder(schema).build()
        : Tried.batch(schema, rows.toArray(Object[][]::new));
  }

  private static Repair repair(Object... params) {
    return Tried.operator(Repair.class, Repair.SPEC, params);
  }
}
