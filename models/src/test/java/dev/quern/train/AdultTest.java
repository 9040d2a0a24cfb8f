package dev.quern.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.data.Field;
import dev.quern.data.Split;
import dev.quern.data.Type;
import dev.quern.operator.Metric;
import dev.quern.operator.TrainedModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The census income data (UCI Adult), official split, every row. */
class AdultTest {
  private static final List<String> NAMES =
      List.of(
          "age",
          "workclass",
          "fnlwgt",
          "education",
          "education_num",
          "marital_status",
          "occupation",
          "relationship",
          "race",
          "sex",
          "capital_gain",
          "capital_loss",
          "hours_per_week",
          "native_country",
          "income");
  private static final List<String> NUMBERS =
      List.of("age", "fnlwgt", "education_num", "capital_gain", "capital_loss", "hours_per_week");

  private static Path file(String name) {
    Path path = Path.of(System.getProperty("quern.data", "../shared/data"), "tab-adult", name);
    if (!Files.exists(path)) {
      assertThat(System.getenv("CI")).as("data must be there in CI: " + path).isNull();
      Assumptions.abort("data are absent: " + path);
    }
    return path;
  }

  private static void read(Table table, Split split, String name) throws IOException {
    for (String line : Files.readAllLines(file(name), StandardCharsets.UTF_8)) {
      if (!line.isBlank()) {
        String[] cells = line.split(",", -1);
        Object[] values = new Object[cells.length];
        for (int i = 0; i < cells.length; i++) {
          String cell = cells[i].strip();
          boolean number = NUMBERS.contains(NAMES.get(i));
          // Labels of the test file end with a full stop.
          values[i] =
              cell.equals("?")
                  ? null
                  : number ? (Object) Long.valueOf(cell) : cell.replaceAll("\\.$", "");
        }
        table.add(split, values);
      }
    }
  }

  @Test
  void defaultsReachThePublishedLevelOnEveryTestRow() throws IOException {
    Table table =
        new Table(
            "income",
            NAMES.stream()
                .map(name -> Field.of(name, NUMBERS.contains(name) ? Type.LONG : Type.TEXT))
                .toArray(Field[]::new));
    read(table, Split.TRAIN, "adult-train.csv");
    read(table, Split.TEST, "adult-test.csv");
    TrainedModel model = Table.trainer(Mlp.SPEC, "{}").train(table.threads(2));
    Metric accuracy = model.metrics().get(0);
    Metric auc = model.metrics().get(1);
    assertThat(accuracy.name()).isEqualTo("accuracy");
    assertThat(accuracy.denominator()).isEqualTo(16_281);
    assertThat(accuracy.value().orElseThrow()).isGreaterThanOrEqualTo(0.845);
    assertThat(auc.name()).isEqualTo("auc");
    assertThat(auc.value().orElseThrow()).isGreaterThanOrEqualTo(0.900);
    assertThat(model.details()).containsEntry("positive", ">50K");
  }
}
