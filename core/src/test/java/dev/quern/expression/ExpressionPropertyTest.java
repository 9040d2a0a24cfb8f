package dev.quern.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.data.Batch;
import dev.quern.data.BatchBuilder;
import dev.quern.data.Column;
import dev.quern.data.DictionaryColumn;
import dev.quern.data.Field;
import dev.quern.data.Nulls;
import dev.quern.data.Schema;
import dev.quern.data.TextColumn;
import dev.quern.data.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Evaluation by column agrees with a plain evaluation row by row, whatever the expression. */
class ExpressionPropertyTest {
  private static final Schema SCHEMA =
      Schema.of(
          Field.of("l", Type.LONG),
          Field.of("m", Type.LONG),
          Field.of("d", Type.DOUBLE),
          Field.of("e", Type.DOUBLE),
          Field.of("t", Type.TEXT),
          Field.of("u", Type.TEXT),
          Field.of("b", Type.BOOL));
  private static final String[] TEXTS = {"", "a", "ab", "b%", "中", "中文😀", "A b"};
  private static final int ROWS = 130;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void everyExpressionHasTheValueOfTheReference(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 200; round++) {
      Batch batch = selected(batch(random), random);
      Reference reference = new Reference(random);
      Reference.Part part = reference.any(4);
      BoundExpression bound = Expression.parse(part.text()).bind(SCHEMA);
      // Twice, as dictionaries are remembered.
      for (int twice = 0; twice < 2; twice++) {
        Column column = bound.evaluate(batch);
        for (int i = 0; i < batch.count(); i++) {
          int row = batch.row(i);
          assertThat(column.valueAt(row))
              .as("%s in row %d", part.text(), row)
              .isEqualTo(part.of().at(row(batch, row)));
        }
      }
      String canonical = Expression.parse(part.text()).canonical();
      assertThat(Expression.parse(canonical).canonical()).isEqualTo(canonical);
      Column again = Expression.parse(canonical).bind(SCHEMA).evaluate(batch);
      for (int i = 0; i < batch.count(); i++) {
        int row = batch.row(i);
        assertThat(again.valueAt(row)).isEqualTo(part.of().at(row(batch, row)));
      }
    }
  }

  @Test
  void theLengthOfWhatWasReplacedNeedsNoReplacing() {
    String[] texts = {"", "a", "aaaa", "abab ab", "中文 中文😀", "a b  c d e f g h i j k l", "naïve ï"};
    String[] parts = {"", "a", "aa", "ab", " ", "中", "中文", "😀", "ï", "zzz"};
    BatchBuilder builder = new BatchBuilder(Schema.of(Field.of("t", Type.TEXT)));
    for (int i = 0; i <= texts.length; i++) {
      builder.column(0).appendValue(i < texts.length ? texts[i] : null);
      builder.keys().append(0, i, 0, i, 0, (byte) 0);
    }
    Batch batch = builder.build();
    for (String from : parts) {
      for (String to : parts) {
        String text = "LENGTH(replace(t, '" + from + "', '" + to + "'))";
        Column column = Expression.parse(text).bind(batch.schema()).evaluate(batch);
        for (int i = 0; i < texts.length; i++) {
          String replaced = from.isEmpty() ? texts[i] : texts[i].replace(from, to);
          assertThat(column.longAt(i))
              .as("%s of %s", text, texts[i])
              .isEqualTo(replaced.codePointCount(0, replaced.length()));
        }
        assertThat(column.isNull(texts.length)).isTrue();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void theTestKeepsExactlyTheRowsThatAreTrue(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 100; round++) {
      Batch batch = selected(batch(random), random);
      Reference.Part part = new Reference(random).bool(3);
      int[] rows = new int[batch.count()];
      int kept = Expression.parse(part.text()).bindCondition(SCHEMA).test(batch, rows);
      List<Integer> expected = new ArrayList<>();
      for (int i = 0; i < batch.count(); i++) {
        if (Boolean.TRUE.equals(part.of().at(row(batch, batch.row(i))))) {
          expected.add(batch.row(i));
        }
      }
      List<Integer> found = new ArrayList<>();
      for (int i = 0; i < kept; i++) {
        found.add(rows[i]);
      }
      assertThat(found).as(part.text()).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23, 24})
  void noTextMakesTheParserFailInAnotherWay(long seed) {
    String[] words = {
      "age",
      "AND",
      "OR",
      "NOT",
      "(",
      ")",
      ",",
      "'x'",
      "'",
      "\"",
      "`",
      "1",
      "1.",
      ".5",
      "1e9",
      "=",
      "<",
      "<>",
      "||",
      "CASE",
      "WHEN",
      "THEN",
      "END",
      "ELSE",
      "CAST",
      "AS",
      "decimal(4,2)",
      "IN",
      "LIKE",
      "BETWEEN",
      "IS",
      "NULL",
      "DATE",
      "coalesce",
      "length",
      ".",
      "-",
      "+",
      "%",
      "😀",
      "中",
      "\u0000",
      "é",
      "l",
      "t",
      "d",
      "b",
      "\uD83D",
      "ESCAPE",
      "99999999999999999999999",
      "list<long>",
      " "
    };
    SplittableRandom random = new SplittableRandom(seed);
    int parsed = 0;
    for (int round = 0; round < 20_000; round++) {
      StringBuilder text = new StringBuilder();
      int size = 1 + random.nextInt(9);
      for (int i = 0; i < size; i++) {
        text.append(words[random.nextInt(words.length)]).append(random.nextInt(4) == 0 ? "" : " ");
      }
      try {
        Expression expression = Expression.parse(text.toString());
        assertThat(Expression.parse(expression.canonical()).canonical())
            .isEqualTo(expression.canonical());
        parsed++;
        expression.bind(SCHEMA);
      } catch (ExpressionException e) {
        assertThat(e.position()).isBetween(1, text.length() + 1);
        assertThat(e.problem()).contains("; found: ");
      }
    }
    assertThat(parsed).isGreaterThan(500);
  }

  @Test
  void deepExpressionsAreRefusedAndLongOnesAreNot() {
    String deep = "(".repeat(5000) + "1" + ")".repeat(5000);
    assertThatThrownBy(() -> Expression.parse(deep))
        .isInstanceOf(ExpressionException.class)
        .hasMessage("column 201: expression must be at most 200 operators deep; found: more");
    for (String text :
        List.of(
            "NOT ".repeat(5000) + "b",
            "- ".repeat(5000) + "l",
            "1" + " + 1".repeat(5000),
            "abs(".repeat(5000) + "l" + ")".repeat(5000),
            "CASE ".repeat(5000),
            "CAST(".repeat(5000),
            "l" + ".a".repeat(5000),
            "l IS NULL" + " IS NULL".repeat(5000))) {
      assertThatThrownBy(() -> Expression.parse(text))
          .isInstanceOf(ExpressionException.class)
          .hasMessageContaining("must be at most 200 operators deep");
    }
    String wide = "l = 1" + " OR l = 2".repeat(5000);
    assertThat(Expression.parse(wide).bind(SCHEMA).type()).isEqualTo(Type.BOOL);
    assertThatThrownBy(() -> Expression.parse("l" + " ".repeat(1 << 16)))
        .hasMessage("column 1: expression must be at most 65536 characters; found: 65537");
  }

  @Test
  void sharedPartsAreComputedOnceHoweverDeepTheyNest() {
    String text = "l";
    for (int i = 0; i < 30; i++) {
      text = "CASE WHEN " + text + " BETWEEN 0 AND 5 THEN 1 ELSE 2 END";
    }
    Batch batch = batch(new SplittableRandom(5));
    assertThat(Expression.parse(text).bind(SCHEMA).evaluate(batch).valueAt(0)).isEqualTo(1L);
  }

  private static Map<String, Object> row(Batch batch, int row) {
    Map<String, Object> values = new HashMap<>();
    for (int i = 0; i < SCHEMA.size(); i++) {
      Object value = batch.column(i).valueAt(row);
      values.put(
          SCHEMA.field(i).name(), value instanceof Double d && Double.isNaN(d) ? null : value);
    }
    return values;
  }

  private static Batch batch(SplittableRandom random) {
    BatchBuilder builder = new BatchBuilder(SCHEMA);
    long[] longs = {0, 1, -1, 7, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE};
    double[] doubles = {0, -0.0, 1, -2.5, 0.1, 1e300, Double.NaN, Double.MAX_VALUE};
    for (int row = 0; row < ROWS; row++) {
      Object[] values = {
        longs[random.nextInt(longs.length)],
        (long) random.nextInt(5),
        doubles[random.nextInt(doubles.length)],
        random.nextInt(9) / 4.0,
        TEXTS[random.nextInt(TEXTS.length)],
        TEXTS[random.nextInt(TEXTS.length)],
        random.nextInt(2) == 0
      };
      for (int i = 0; i < values.length; i++) {
        builder.column(i).appendValue(random.nextInt(5) == 0 ? null : values[i]);
      }
      builder.keys().append(0, row, 0, row, 0, (byte) 0);
    }
    Batch batch = builder.build();
    // One of the two texts comes as a dictionary.
    return batch.with(SCHEMA.field(5), dictionary(batch.column(5)));
  }

  private static Column dictionary(Column texts) {
    dev.quern.data.ColumnBuilder entries = dev.quern.data.ColumnBuilder.of(Type.TEXT);
    for (String text : TEXTS) {
      entries.appendText(text);
    }
    int[] codes = new int[texts.size()];
    Nulls.Builder nulls = new Nulls.Builder();
    for (int row = 0; row < codes.length; row++) {
      codes[row] = texts.isNull(row) ? -1 : List.of(TEXTS).indexOf(texts.textAt(row));
      if (codes[row] < 0) {
        nulls.set(row);
      }
    }
    return new DictionaryColumn((TextColumn) entries.build(), codes, codes.length, nulls.build());
  }

  private static Batch selected(Batch batch, SplittableRandom random) {
    if (random.nextInt(3) == 0) {
      return batch;
    }
    int[] rows = new int[ROWS];
    int count = 0;
    int share = 1 + random.nextInt(10);
    for (int row = 0; row < ROWS; row++) {
      if (random.nextInt(10) < share) {
        rows[count++] = row;
      }
    }
    return batch.select(rows, count);
  }
}
