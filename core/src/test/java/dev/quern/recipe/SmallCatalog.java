package dev.quern.recipe;

import dev.quern.data.Batch;
import dev.quern.data.BatchBuilder;
import dev.quern.data.CanonicalForm;
import dev.quern.data.Column;
import dev.quern.data.ColumnBuilder;
import dev.quern.data.Field;
import dev.quern.data.Hash128;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.engine.Accumulator;
import dev.quern.engine.Group;
import dev.quern.engine.Grouping;
import dev.quern.engine.Mapping;
import dev.quern.engine.Outcome;
import dev.quern.onnx.ElementType;
import dev.quern.operator.Analyzer;
import dev.quern.operator.BindException;
import dev.quern.operator.Catalog;
import dev.quern.operator.Example;
import dev.quern.operator.Filter;
import dev.quern.operator.Grouper;
import dev.quern.operator.Judge;
import dev.quern.operator.Localized;
import dev.quern.operator.Mapper;
import dev.quern.operator.Metric;
import dev.quern.operator.Operator;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Params;
import dev.quern.operator.Registry;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import dev.quern.operator.TrainedModel;
import dev.quern.operator.Trainer;
import dev.quern.operator.Training;
import dev.quern.operator.Verdict;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** One small operator of each kind that recipes tell apart. */
final class SmallCatalog implements Catalog {
  private static final Param<List<String>> FIELDS =
      Param.fields("fields", text("fields")).optional();
  private static final Param<String> FIELD = Param.field("field", text("field"));
  private static final Param<Long> MIN =
      Param.integer("min", "characters", 0, Long.MAX_VALUE, text("least length")).or(1L);
  private static final Param<Long> MAX =
      Param.integer("max", "characters", 0, Long.MAX_VALUE, text("greatest length")).optional();
  private static final Param<Double> SHARE =
      Param.fraction("min_fraction", text("least share of letters")).or(0.0);
  private static final Param<String> KEY = Param.secret("key", text("salt"));

  static Registry registry() {
    return new Registry(List.of(new SmallCatalog()));
  }

  private static Localized text(String english) {
    return new Localized(english, "说明");
  }

  @Override
  public List<OperatorSpec> operators() {
    return List.of(
        LinesReader.SPEC,
        spec(
            "quality.trim",
            List.of(FIELDS),
            "{fields: [name]}",
            params -> new Trim(params.find(FIELDS).orElse(List.of()))),
        spec("quality.length", List.of(FIELD, MIN, MAX, SHARE), "{field: name}", Length::of),
        spec("quality.count", List.of(), "{}", params -> new Count()),
        spec(
            "quality.known",
            List.of(FIELD),
            "{field: name}",
            params -> new Known(params.get(FIELD))),
        spec(
            "quality.once", List.of(FIELD), "{field: name}", params -> new Once(params.get(FIELD))),
        spec(
            "privacy.salt",
            List.of(FIELD, KEY),
            "{field: name, key: \"${env:SALT}\"}",
            params -> new Salt(params.get(FIELD), params.get(KEY))),
        spec("train.mean", List.of(), "{}", params -> new Mean()));
  }

  private static OperatorSpec spec(
      String name, List<Param<?>> params, String example, Function<Params, Operator> create) {
    return new OperatorSpec(
        name,
        text("A small operator."),
        "definition",
        1,
        Serving.TRAINING_ONLY,
        params,
        List.of(new Example(example, "[]", "[]")),
        create);
  }

  private static int position(Schema input, String field) {
    int position = input.indexOf(field);
    if (position < 0 || !input.field(position).type().equals(Type.TEXT)) {
      throw new BindException("field", "must be a text field; found: " + field);
    }
    return position;
  }

  /** Takes white space off both ends of texts. */
  record Trim(List<String> fields) implements Mapper {
    @Override
    public Schema output(Schema input) {
      fields.forEach(field -> position(input, field));
      return input;
    }

    @Override
    public Mapping bind(Schema input, Schema output, StepRun run) {
      return (batch, out) -> {
        Batch changed = batch;
        for (Field field : input.fields()) {
          boolean chosen = fields.isEmpty() || fields.contains(field.name());
          if (chosen && field.type().equals(Type.TEXT)) {
            Column column = changed.column(input.indexOf(field.name()));
            changed = changed.with(field, trimmed(column));
          }
        }
        out.keep(changed);
      };
    }

    private static Column trimmed(Column column) {
      ColumnBuilder texts = ColumnBuilder.of(Type.TEXT);
      for (int row = 0; row < column.size(); row++) {
        if (column.isNull(row)) {
          texts.appendNull();
        } else {
          texts.appendText(column.textAt(row).strip());
        }
      }
      return texts.build();
    }
  }

  /** Keeps samples whose text is neither too short nor too long. */
  record Length(String field, long min, long max) implements Filter {
    static Length of(Params params) {
      long max = params.find(MAX).orElse(Long.MAX_VALUE);
      if (max < params.get(MIN)) {
        throw new IllegalArgumentException(
            "max must be >= min (characters); found: " + max + " < " + params.get(MIN));
      }
      return new Length(params.get(FIELD), params.get(MIN), max);
    }

    @Override
    public void check(Schema input) {
      position(input, field);
    }

    @Override
    public Judge bind(Schema input, StepRun run) {
      int position = position(input, field);
      return sample -> {
        long length = sample.isNull(position) ? 0 : sample.textAt(position).length();
        return length >= min && length <= max ? Verdict.KEEP : Verdict.drop("length", length);
      };
    }
  }

  /** Keeps the first sample of each text. */
  record Once(String field) implements Grouper {
    @Override
    public Schema output(List<Schema> inputs) {
      position(inputs.get(0), field);
      return inputs.get(0);
    }

    @Override
    public Grouping bind(List<Schema> inputs, Schema output, StepRun run) {
      int position = position(inputs.get(0), field);
      return new Grouping() {
        @Override
        public void key(int input, Batch batch, int row, CanonicalForm key) {
          key.put(batch.column(position), row);
        }

        @Override
        public void group(Group group, Outcome out) {
          for (long place = 1; group.next(); place++) {
            if (place == 1) {
              out.keep(group.batch().select(new int[] {group.row()}, 1));
            } else {
              out.drop(group.batch(), group.row(), "again", place);
            }
          }
        }

        @Override
        public void end(Outcome out) {}
      };
    }
  }

  /** Keeps samples of the first input whose field has a value that the second input has too. */
  record Known(String field) implements Grouper {
    @Override
    public int inputs() {
      return 2;
    }

    @Override
    public Schema output(List<Schema> inputs) {
      inputs.forEach(input -> position(input, field));
      return inputs.get(0);
    }

    @Override
    public Grouping bind(List<Schema> inputs, Schema output, StepRun run) {
      int[] positions = inputs.stream().mapToInt(input -> position(input, field)).toArray();
      return new Grouping() {
        @Override
        public void key(int input, Batch batch, int row, CanonicalForm key) {
          key.put(batch.column(positions[input]), row);
        }

        @Override
        public void group(Group group, Outcome out) {
          List<Batch> held = new java.util.ArrayList<>();
          long others = 0;
          while (group.next()) {
            if (group.input() == 0) {
              held.add(group.batch().select(new int[] {group.row()}, 1));
            } else {
              others++;
            }
          }
          out.merged(others);
          for (Batch one : held) {
            if (others > 0) {
              out.keep(one);
            } else {
              out.drop(one, one.row(0), "unknown", Double.NaN);
            }
          }
        }

        @Override
        public void end(Outcome out) {
          // Nothing is held between groups.
        }
      };
    }
  }

  /** Replaces a text by a hash salted with the name of a secret. */
  record Salt(String field, String key) implements Mapper {
    @Override
    public Schema output(Schema input) {
      position(input, field);
      return input;
    }

    @Override
    public Mapping bind(Schema input, Schema output, StepRun run) {
      int position = position(input, field);
      return (batch, out) -> {
        ColumnBuilder texts = ColumnBuilder.of(Type.TEXT);
        Column column = batch.column(position);
        Hash128 hash = new Hash128();
        for (int row = 0; row < column.size(); row++) {
          String found = column.isNull(row) ? "" : column.textAt(row);
          hash.reset().putText(key).putText(found).finish();
          texts.appendText(Long.toHexString(hash.high()));
        }
        out.keep(batch.with(input.field(position), texts.build()));
      };
    }
  }

  /** The number of samples. */
  record Count() implements Analyzer<Count.Seen> {
    @Override
    public void check(Schema input) {
      // Every schema can be counted.
    }

    @Override
    public Seen zero(Schema input, StepRun run) {
      return new Seen();
    }

    @Override
    public Seen read(DataInput in, Schema input, StepRun run) throws IOException {
      Seen seen = new Seen();
      in.readByte();
      seen.samples = in.readLong();
      return seen;
    }

    @Override
    public List<Metric> metrics(Seen state, Schema input) {
      Optional<Double> value = Optional.of((double) state.samples);
      return List.of(Metric.exact("count", List.of(), "", value, "samples"));
    }

    /** How many samples were seen. */
    static final class Seen implements Accumulator<Seen> {
      private long samples;

      @Override
      public void add(Batch batch) {
        samples += batch.count();
      }

      @Override
      public void merge(Seen other) {
        samples += other.samples;
      }

      @Override
      public void write(DataOutput out) throws IOException {
        out.writeByte(1);
        out.writeLong(samples);
      }
    }
  }

  /** Predicts the mean of the target, whatever the sample. */
  record Mean() implements Trainer {
    @Override
    public Schema predictions(Schema input, String target) {
      if (input.field(target).filter(field -> field.type().isNumber()).isEmpty()) {
        throw new BindException("", "target must be a number field; found: " + target);
      }
      return Schema.of(Field.of("prediction", Type.DOUBLE));
    }

    @Override
    public TrainedModel train(Training training) throws IOException {
      int position = training.schema().indexOf(training.target());
      double[] sumAndCount = new double[2];
      training.read(
          batch -> {
            for (int i = 0; i < batch.count(); i++) {
              if (!batch.column(position).isNull(batch.row(i))) {
                sumAndCount[0] += batch.column(position).doubleAt(batch.row(i));
                sumAndCount[1]++;
              }
            }
          });
      double mean = sumAndCount[0] / sumAndCount[1];
      return new TrainedModel(
          fields -> {
            String constant = fields.graph().constant("mean", new double[] {mean}, 1, 1);
            fields.graph().output(constant, "prediction", ElementType.DOUBLE, 1);
          },
          List.of(),
          List.of(
              new TrainedModel.Answer(
                  Field.of("prediction", Type.DOUBLE), "prediction", List.of())),
          List.of(),
          List.of(),
          Map.of("mean", mean),
          new TrainedModel.Check(new BatchBuilder(training.schema()).build(), List.of(), 1));
    }
  }
}
