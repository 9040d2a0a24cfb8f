package dev.quern.combine;

import dev.quern.data.Batch;
import dev.quern.data.BatchBuilder;
import dev.quern.data.CanonicalForm;
import dev.quern.data.Field;
import dev.quern.data.Role;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.engine.Group;
import dev.quern.engine.Grouping;
import dev.quern.engine.Outcome;
import dev.quern.engine.Samples;
import dev.quern.operator.BindException;
import dev.quern.operator.Example;
import dev.quern.operator.FieldChoice;
import dev.quern.operator.Grouper;
import dev.quern.operator.Localized;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Serving;
import dev.quern.operator.Step;
import dev.quern.operator.StepRun;
import java.util.List;
import java.util.Optional;

/**
 * Puts the labels that people gave in a review in place of those of the samples; the second input
 * holds the reviews.
 *
 * <p>Reviews are tasks of Label Studio (fields data and annotations, see acquire.label_studio and
 * export.label_studio) or samples with the fields sample_id and label. Of several labels for one
 * sample the one that most gave counts; a tie changes nothing. The new field label_reviewed is true
 * for samples whose label a review has confirmed or changed, else missing. Reviews without a
 * decision are merged like others; those that cannot be read go to quarantine as {@code
 * malformed_review} or {@code not_a_label}, those of samples that are not there as {@code
 * no_such_sample}.
 *
 * @param label the label field; absent: the one with the role label
 */
public record Review(Optional<String> label) implements Grouper {
  static final String REVIEWED = "label_reviewed";

  private static final Param<String> LABEL =
      Param.text(
              "label",
              new Localized(
                  "The label field; by default the one with the role label.",
                  "标签字段；默认取带 label 角色的字段。"))
          .optional();

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "combine.review",
          new Localized(
              "Puts labels that people gave in a review in place of those of the samples.",
              "用人工复核给出的标签替换样本的标签。"),
          "definition",
          1,
          Serving.TRAINING_ONLY,
          List.of(LABEL),
          List.of(
              new Example(
                  "{label: y}",
                  "[[{\"x\": 1, \"y\": \"cat\"}, {\"x\": 2, \"y\": \"dog\"}], [{\"data\":"
                      + " \"{\\\"sample_id\\\": \\\"49a909523145dbfacc6a179f75c7b3d0\\\"}\", \"annotations\":"
                      + " \"[{\\\"result\\\": [{\\\"value\\\": {\\\"choices\\\":"
                      + " [\\\"dog\\\"]}}]}]\"}]]",
                  "[{\"x\": 1, \"y\": \"dog\", \"label_reviewed\": true}, {\"x\": 2, \"y\":"
                      + " \"dog\", \"label_reviewed\": null}]"),
              new Example(
                  "{label: y}",
                  "[[{\"x\": 1, \"y\": 7}], [{\"sample_id\": \"49a909523145dbfacc6a179f75c7b3d0\", \"label\": \"7\"}]]",
                  "[{\"x\": 1, \"y\": 7, \"label_reviewed\": true}]")),
          params -> new Review(params.find(LABEL)));

  @Override
  public int inputs() {
    return 2;
  }

  @Override
  public Schema output(List<Schema> inputs) {
    if (inputs.size() != 2) {
      throw new BindException("", "combine.review must have two inputs; found: " + inputs.size());
    }
    position(inputs.get(0));
    ReviewFields.of(inputs.get(1));
    return inputs.get(0).with(Field.of(REVIEWED, Type.BOOL).with(Role.ANNOTATION));
  }

  private int position(Schema samples) {
    String name =
        label
            .or(() -> samples.first(Role.LABEL).map(Field::name))
            .orElseThrow(
                () ->
                    new BindException(
                        "label",
                        "must name the label field; found: none, and no field has the role label"));
    return FieldChoice.named(
        samples,
        "label",
        List.of(name),
        "text, long or bool",
        field ->
            field.type().equals(Type.TEXT)
                || field.type().equals(Type.LONG)
                || field.type().equals(Type.BOOL))[0];
  }

  @Override
  public Samples apply(List<Samples> inputs, Step step) {
    Schema output = output(inputs.stream().map(Samples::schema).toList());
    // Reviews are the first input of the group, so that they are known when the sample comes.
    return inputs.get(1).group(List.of(inputs.get(0)), step.task(), output).sort(List.of());
  }

  @Override
  public Grouping bind(List<Schema> inputs, Schema output, StepRun run) {
    return new Reviewing(
        ReviewFields.of(inputs.get(0)), position(inputs.get(1)), new BatchBuilder(output));
  }

  /** Brings samples and their reviews together by the id of the sample. */
  private static final class Reviewing implements Grouping {
    private final ReviewFields fields;
    private final int label;
    private final BatchBuilder kept;
    private final ReviewedLabels reviews;

    Reviewing(ReviewFields fields, int label, BatchBuilder kept) {
      this.fields = fields;
      this.label = label;
      this.kept = kept;
      this.reviews = new ReviewedLabels(fields);
    }

    @Override
    public void key(int input, Batch batch, int row, CanonicalForm key) {
      long[] id = {batch.keys().idHigh(row), batch.keys().idLow(row)};
      boolean known = input == 1 || fields.sampleId(batch, row, id);
      // A review that names no sample is a group of itself.
      key.putLong(known ? 0 : 1).putLong(id[0]).putLong(id[1]);
    }

    @Override
    public void group(Group group, Outcome out) {
      reviews.begin();
      while (group.next()) {
        if (group.input() == 0) {
          reviews.add(group.batch(), group.row());
        } else {
          reviews.decide(group.batch(), group.row(), label, kept, out);
          if (kept.isFull()) {
            out.keep(kept.build());
          }
        }
      }
      reviews.leave(out);
    }

    @Override
    public void end(Outcome out) {
      if (kept.count() > 0) {
        out.keep(kept.build());
      }
    }
  }
}
