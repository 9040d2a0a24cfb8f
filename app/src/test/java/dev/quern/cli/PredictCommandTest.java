package dev.quern.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.data.Batch;
import dev.quern.data.ColumnBuilder;
import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.engine.DataException;
import dev.quern.operator.Predictor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictCommandTest {
  @TempDir private Path folder;
  private Terminal terminal;

  /** A model by formula: score = age + 10 · hours, missing where age is. */
  private static final class Formula implements Predictor {
    @Override
    public Schema inputs() {
      return Schema.of(Field.of("age", Type.LONG), Field.of("hours", Type.DOUBLE));
    }

    @Override
    public Schema outputs() {
      return Schema.of(Field.of("score", Type.DOUBLE));
    }

    @Override
    public Batch predict(Batch raw) {
      ColumnBuilder score = ColumnBuilder.of(Type.DOUBLE);
      for (int i = 0; i < raw.count(); i++) {
        int row = raw.row(i);
        if (raw.column(0).isNull(row)) {
          score.appendNull();
        } else {
          double hours = raw.column(1).isNull(row) ? 0 : raw.column(1).doubleAt(row);
          score.appendDouble(raw.column(0).longAt(row) + 10 * hours);
        }
      }
      return Batch.of(outputs(), List.of(score.build()), raw.compact().keys());
    }

    @Override
    public void close() {}
  }

  @BeforeEach
  void open() {
    terminal = new Terminal(folder);
  }

  private Session session() {
    return new Session(terminal.outside(), new Root(), Messages.in(Locale.ENGLISH), List.of());
  }

  private static PredictCommand reading(String input) {
    PredictCommand command = new PredictCommand();
    command.name = "m";
    command.input = Optional.of(input);
    return command;
  }

  @Test
  void aFileGetsItsPredictionsBehindItsFields() throws Exception {
    Files.writeString(folder.resolve("in.csv"), "name,hours,age\n李,2,30\nb,,40\nc,1,\n");
    assertThat(reading("in.csv").predict(new Formula(), session())).isEqualTo(3);
    assertThat(terminal.out().lines())
        .containsExactly("name,hours,age,score", "李,2.0,30,50.0", "b,,40,40.0", "c,1.0,,");
    assertThat(terminal.err())
        .startsWith("2 samples predicted by m\n1 sample(s) have no prediction: ");
    Files.writeString(folder.resolve("in.csv"), "hours,age\n2,30\n,40\n");
    assertThat(reading("in.csv").predict(new Formula(), session())).isZero();
    assertThat(terminal.err()).isEqualTo("2 samples predicted by m\n");
  }

  @Test
  void oneSampleWithoutAnAnswerIsNoSuccess() throws Exception {
    PredictCommand command = new PredictCommand();
    command.sets = List.of("hours=1");
    assertThat(command.predict(new Formula(), session())).isEqualTo(3);
    assertThat(terminal.out()).isEqualTo("score\t\n");
    assertThat(terminal.err()).startsWith("1 sample(s) have no prediction: ");
  }

  @Test
  void standardInputIsKnownByItsFirstCharacter() throws Exception {
    terminal.reading("{\"age\": 1, \"hours\": 1}\n{\"age\": 2, \"hours\": null}\n");
    PredictCommand command = reading("-");
    command.output = "out.csv";
    assertThat(command.predict(new Formula(), session())).isZero();
    assertThat(Files.readAllLines(folder.resolve("out.csv"), StandardCharsets.UTF_8))
        .containsExactly("age,hours,score", "1,1.0,11.0", "2,,2.0");
  }

  @Test
  void missingFieldsAreListedTogether() throws Exception {
    Files.writeString(folder.resolve("in.csv"), "name\na\n");
    assertThatThrownBy(() -> reading("in.csv").predict(new Formula(), session()))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "in.csv: input must hold every raw field of the model (empty = missing value); not"
                + " found: age, hours");
  }

  @Test
  void samplesThatCannotBeReadAreCountedAndEndWith3() throws Exception {
    Files.writeString(folder.resolve("in.csv"), "age,hours\n1,1\nsecret,1\n3,1\n");
    assertThat(reading("in.csv").predict(new Formula(), session())).isEqualTo(3);
    assertThat(terminal.out().lines())
        .containsExactly("age,hours,score", "1,1.0,11.0", "3,1.0,13.0");
    assertThat(terminal.err())
        .contains("in.csv @ 14  age must be long; found: 6 bytes, mask aaaaaa (not_a_long)")
        .contains("1 sample(s) could not be read")
        .doesNotContain("secret");
  }

  @Test
  void oneSampleIsToldFieldByField() throws Exception {
    PredictCommand command = new PredictCommand();
    command.sets = List.of("age=30", "hours=1.5");
    assertThat(command.predict(new Formula(), session())).isZero();
    assertThat(terminal.out()).isEqualTo("score\t45.0\n");
    command.json = true;
    command.predict(new Formula(), session());
    assertThat(terminal.out()).isEqualTo("{\n  \"score\": 45.0\n}\n");
  }

  @Test
  void wrongFieldsAndValuesOfOneSampleAreUsageErrors() {
    PredictCommand command = new PredictCommand();
    command.sets = List.of("agee=30");
    assertThatThrownBy(() -> command.predict(new Formula(), session()))
        .hasMessageContaining("found: agee; did you mean 'age'?; fields: age, hours");
    command.sets = List.of("age=young");
    assertThatThrownBy(() -> command.predict(new Formula(), session()))
        .hasMessage("--set age must be long; found: 5 bytes, mask aaaaa (not_a_long)");
  }

  @Test
  void eitherAFileOrFieldsMustBeGiven() {
    assertThat(terminal.run("predict", "m")).isEqualTo(2);
    assertThat(terminal.err()).contains("either --input FILE or --set FIELD=VALUE");
  }
}
