package dev.quern.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.data.Batch;
import dev.quern.data.BatchBuilder;
import dev.quern.data.Field;
import dev.quern.data.Role;
import dev.quern.data.SampleId;
import dev.quern.data.Schema;
import dev.quern.data.Split;
import dev.quern.data.Type;
import dev.quern.engine.Writing;
import dev.quern.format.json.Json;
import dev.quern.operator.BindException;
import dev.quern.operator.Writer;
import dev.quern.trial.Tried;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tasks for reviewers. */
class LabelStudioTest {
  private static final Schema SCHEMA =
      Schema.of(
          Field.of("x", Type.TEXT),
          Field.of("y", Type.LONG).with(Role.LABEL),
          Field.of("label_quality", Type.DOUBLE).with(Role.ANNOTATION),
          Field.of("label_issue", Type.TEXT).with(Role.ANNOTATION),
          Field.of("suggested_label", Type.LONG).with(Role.ANNOTATION),
          Field.of("suggested_confidence", Type.DOUBLE).with(Role.ANNOTATION),
          Field.of("label_reviewed", Type.BOOL).with(Role.ANNOTATION));

  @TempDir Path folder;

  private String written(Writer writer, @Nullable Object[]... rows) throws IOException {
    BatchBuilder builder = new BatchBuilder(SCHEMA);
    for (int row = 0; row < rows.length; row++) {
      SampleId id = SampleId.of("source0", "file", row, 0);
      builder.keys().append(id.high(), id.low(), 0, row, 0, Split.NONE.code());
      for (int i = 0; i < SCHEMA.size(); i++) {
        builder.column(i).appendValue(rows[row][i]);
      }
    }
    Batch batch = builder.build();
    Path file = folder.resolve("tasks" + rows.length + ".json");
    writer.check(SCHEMA);
    try (Writing.Output out = writer.bind(SCHEMA).open(file)) {
      out.write(batch);
    }
    return Files.readString(file);
  }

  @Test
  void aTaskHoldsTheSampleItsLabelAndTheSuggestion() throws IOException {
    Writer writer = Tried.operator(Writer.class, LabelStudio.SPEC);
    assertThat(written(writer, new Object[] {"a \"b\"", 7L, 0.1, "low_margin", 2L, 0.8, null}))
        .isEqualTo(
            """
            [
            {"data":{"sample_id":"49a909523145dbfacc6a179f75c7b3d0","given_label":7,"label_quality":0.1,"label_issue":"low_margin","x":"a \\"b\\""},"predictions":[{"model_version":"quality.label_errors","score":0.8,"result":[{"from_name":"label","to_name":"sample","type":"choices","value":{"choices":["2"]}}]}]}
            ]
            """);
  }

  @Test
  void theLeastCredibleLabelsComeFirstAndThoseNotToReviewNotAtAll() throws IOException {
    Writer writer = Tried.operator(Writer.class, LabelStudio.SPEC, "fields", List.of("x"));
    String json =
        written(
            writer,
            new Object[] {"second", 1L, 0.3, "low_margin", 2L, 0.8, null},
            new Object[] {"credible", 1L, 0.9, null, null, null, null},
            new Object[] {"first", 1L, 0.2, "low_margin", 2L, 0.8, false},
            new Object[] {"reviewed", 1L, 0.1, "low_margin", 2L, 0.8, true});
    List<Object> order =
        Json.list(Json.parse(json)).stream()
            .map(task -> Json.object(Json.object(task).get("data")).get("x"))
            .toList();
    assertThat(order).containsExactly("first", "second");
  }

  @Test
  void bytesDependOnTheSamplesAloneWhateverTheirOrder() throws IOException {
    Writer writer = Tried.operator(Writer.class, LabelStudio.SPEC, "fields", List.of("x"));
    BatchBuilder one = new BatchBuilder(SCHEMA);
    BatchBuilder other = new BatchBuilder(SCHEMA);
    for (int i = 0; i < 50; i++) {
      append(one, i);
      append(other, 49 - i);
    }
    Path first = folder.resolve("first.json");
    Path second = folder.resolve("second.json");
    try (Writing.Output out = writer.bind(SCHEMA).open(first)) {
      out.write(one.build());
    }
    try (Writing.Output out = writer.bind(SCHEMA).open(second)) {
      out.write(other.build());
    }
    assertThat(Files.readString(second)).isEqualTo(Files.readString(first));
  }

  private static void append(BatchBuilder builder, int number) {
    SampleId id = SampleId.of("source0", "file", number, 0);
    builder.keys().append(id.high(), id.low(), 0, number, 0, Split.NONE.code());
    Object[] row = {"x" + number, 1L, number % 5 / 10.0, "low_margin", 2L, 0.8, null};
    for (int i = 0; i < SCHEMA.size(); i++) {
      builder.column(i).appendValue(row[i]);
    }
  }

  @Test
  void withoutAnythingToReviewTheArrayIsEmpty() throws IOException {
    Writer writer = Tried.operator(Writer.class, LabelStudio.SPEC);
    assertThat(Json.list(Json.parse(written(writer)))).isEmpty();
  }

  @Test
  void aVersionThatWasNotJudgedIsRefused() {
    Writer writer = Tried.operator(Writer.class, LabelStudio.SPEC, "label", "y");
    assertThatThrownBy(() -> writer.check(Schema.of(Field.of("y", Type.TEXT))))
        .isInstanceOf(BindException.class)
        .hasMessage("must have label_quality, which quality.label_errors makes; found: none");
    Writer bare = Tried.operator(Writer.class, LabelStudio.SPEC);
    assertThatThrownBy(() -> bare.check(Schema.of(Field.of("y", Type.TEXT))))
        .isInstanceOf(BindException.class)
        .hasMessageContaining("must name the label field");
  }
}
