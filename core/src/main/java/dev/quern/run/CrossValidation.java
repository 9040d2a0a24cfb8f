package dev.quern.run;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.Keys;
import dev.quern.data.Split;
import dev.quern.engine.Pass;
import dev.quern.engine.RunContext;
import dev.quern.operator.Metric;
import dev.quern.operator.PartOfTraining;
import dev.quern.operator.Trainer;
import dev.quern.operator.Training;
import dev.quern.text.ValueWriter;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How well classes are predicted by models that have not seen the sample: for each fold a model is
 * trained on the samples of all others and tested on its own. The fold of a sample is drawn by its
 * id and the seed, so it is the same whatever a step makes of the sample; splits do not matter.
 * Samples without a class are left out.
 *
 * <p>accuracy = samples of all folds whose class was predicted / samples; majority = samples of the
 * most frequent class / samples, what predicting that class alone would reach.
 */
final class CrossValidation {
  static final int FOLDS = 5;

  private final Training whole;
  private final int target;
  private final long seed;
  private final long[] folds = new long[FOLDS];
  private final Map<String, Long> classes = new HashMap<>();

  private CrossValidation(Training whole) {
    this.whole = whole;
    this.target = whole.schema().indexOf(whole.target());
    this.seed = new RunContext(whole.seed()).stepSeed("cross_validation");
  }

  /** Returns samples, majority and accuracy as plain values. */
  static Map<String, @Nullable Object> of(Trainer trainer, Training whole) throws IOException {
    CrossValidation validation = new CrossValidation(whole);
    whole.read(validation::survey);
    return validation.told(trainer);
  }

  private void survey(Batch batch) {
    Column column = batch.column(target);
    ValueWriter writer = new ValueWriter();
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      if (!column.isNull(row)) {
        folds[fold(batch.keys(), row)]++;
        classes.merge(writer.text(column, row), 1L, Long::sum);
      }
    }
  }

  private int fold(Keys keys, int row) {
    double drawn = RunContext.unit(RunContext.draw(seed, keys.idHigh(row), keys.idLow(row)));
    return (int) (drawn * FOLDS);
  }

  private Map<String, @Nullable Object> told(Trainer trainer) throws IOException {
    double right = 0;
    double tested = 0;
    for (int fold = 0; fold < FOLDS; fold++) {
      One one = new One(fold, whole);
      if (one.samples(Split.TRAIN) > 0 && one.samples(Split.TEST) > 0) {
        for (Metric metric : trainer.train(one).metrics()) {
          if (metric.name().equals("accuracy") && metric.part().isEmpty()) {
            right += metric.numerator();
            tested += metric.denominator();
          }
        }
      }
    }
    long samples = classes.values().stream().mapToLong(Long::longValue).sum();
    long most = classes.values().stream().mapToLong(Long::longValue).max().orElse(0);
    List<String> of = List.of(whole.target());
    Map<String, @Nullable Object> told = new LinkedHashMap<>();
    told.put("samples", samples);
    told.put("accuracy", Metric.sampled("accuracy", of, right, tested, Metric.Basis.MODEL).plain());
    told.put("majority", Metric.proportion("majority", of, most, samples).plain());
    return told;
  }

  /** One fold as test, the others as train. */
  private final class One extends PartOfTraining {
    private final int fold;

    One(int fold, Training all) {
      super(all);
      this.fold = fold;
    }

    @Override
    public long samples(Split split) {
      long all = 0;
      for (long one : folds) {
        all += one;
      }
      return switch (split) {
        case TRAIN -> all - folds[fold];
        case TEST -> folds[fold];
        case NONE, VALIDATION -> 0;
      };
    }

    @Override
    public void read(Pass.BatchReceiver receiver) throws IOException {
      whole.read(
          batch -> {
            Keys keys = batch.keys();
            Column column = batch.column(target);
            byte[] splits = new byte[keys.size()];
            int[] rows = new int[batch.count()];
            int size = 0;
            for (int i = 0; i < batch.count(); i++) {
              int row = batch.row(i);
              if (!column.isNull(row)) {
                Split split = fold(keys, row) == fold ? Split.TEST : Split.TRAIN;
                splits[row] = split.code();
                rows[size++] = row;
              }
            }
            if (size > 0) {
              receiver.receive(batch.with(keys.withSplits(splits)).select(rows, size));
            }
          });
    }

    @Override
    public void progress(long done, long total, String metric) {
      whole.progress(fold * total + done, FOLDS * total, metric);
    }
  }
}
