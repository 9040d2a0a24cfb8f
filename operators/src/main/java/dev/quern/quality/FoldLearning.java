package dev.quern.quality;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.Schema;
import dev.quern.data.Slice;
import dev.quern.data.Split;
import dev.quern.engine.DataException;
import dev.quern.engine.Pass;
import dev.quern.operator.Fit;
import dev.quern.operator.Lesson;
import dev.quern.operator.PartOfTraining;
import dev.quern.operator.TrainedModel;
import dev.quern.operator.Trainer;
import dev.quern.operator.Training;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Trains one model for each fold, on the samples of all others. */
final class FoldLearning {
  static final String CLASSES = "#classes";
  static final String MODELS = "#models";

  /** Trainers answer with the probability of each class up to this number. */
  private static final int MOST_CLASSES = 20;

  private final Training whole;
  private final FoldDraw draw;
  private final Split learnt;
  private final long[] labelled;
  private final TreeSet<String> classes = new TreeSet<>();

  private FoldLearning(Training whole, FoldDraw draw) {
    this.whole = whole;
    this.draw = draw;
    boolean splits = Arrays.stream(Split.values()).anyMatch(this::isSplit);
    this.learnt = splits ? Split.TRAIN : Split.NONE;
    this.labelled = new long[draw.folds()];
  }

  private boolean isSplit(Split split) {
    return split != Split.NONE && whole.samples(split) > 0;
  }

  static Fit of(OutOfFold operator, Trainer trainer, Lesson lesson) throws IOException {
    Schema schema = lesson.training("").schema();
    int label = Relabel.labelPosition(schema, operator.label());
    Training whole = lesson.training(schema.field(label).name());
    FoldLearning learning =
        new FoldLearning(whole, FoldDraw.of(schema, operator.folds(), lesson.step()));
    whole.read(batch -> learning.survey(batch, label));
    return learning.fit(trainer, lesson, label);
  }

  private void survey(Batch batch, int label) {
    Column labels = batch.column(label);
    Slice scratch = new Slice();
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      if (batch.keys().split(row) == learnt && !labels.isNull(row)) {
        labelled[draw.of(batch, row)]++;
        classes.add(ClassNames.written(labels, row, scratch).text());
        if (classes.size() > MOST_CLASSES) {
          throw new DataException(
              "too_many_classes",
              "quality.out_of_fold: label must have at most "
                  + MOST_CLASSES
                  + " classes, of which models tell each probability; found: more; give"
                  + " probabilities from elsewhere");
        }
      }
    }
  }

  private Fit fit(Trainer trainer, Lesson lesson, int label) throws IOException {
    Schema schema = whole.schema();
    long all = Arrays.stream(labelled).sum();
    List<Object> models = new ArrayList<>();
    for (int fold = 0; fold < draw.folds(); fold++) {
      Map<String, Object> files = new LinkedHashMap<>();
      // A fold that holds all labels leaves nothing to learn from; its samples get no answer.
      if (all > labelled[fold]) {
        TrainedModel model = trainer.train(new Others(fold, whole));
        lesson
            .models()
            .of(schema, whole.target(), model)
            .forEach((name, bytes) -> files.put(name, Base64.getEncoder().encodeToString(bytes)));
      }
      models.add(files);
    }
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put(CLASSES, ClassNames.ordered(classes, schema.field(label).type()));
    values.put(MODELS, models);
    Map<String, Object> told = new LinkedHashMap<>();
    for (int fold = 0; fold < labelled.length; fold++) {
      told.put("fold_" + (fold + 1), labelled[fold]);
    }
    values.put(whole.target(), told);
    return new Fit(values);
  }

  /** The samples of all folds but one, of the split that is learnt from. */
  private final class Others extends PartOfTraining {
    private final int fold;

    Others(int fold, Training all) {
      super(all);
      this.fold = fold;
    }

    @Override
    public long samples(Split split) {
      return split == learnt ? Arrays.stream(labelled).sum() - labelled[fold] : 0;
    }

    @Override
    public void read(Pass.BatchReceiver receiver) throws IOException {
      whole.read(
          batch -> {
            int[] rows = new int[batch.count()];
            int size = 0;
            for (int i = 0; i < batch.count(); i++) {
              int row = batch.row(i);
              if (batch.keys().split(row) == learnt && draw.of(batch, row) != fold) {
                rows[size++] = row;
              }
            }
            if (size > 0) {
              receiver.receive(batch.select(rows, size));
            }
          });
    }

    @Override
    public void progress(long done, long total, String metric) {
      whole.progress(fold * total + done, draw.folds() * total, metric);
    }
  }
}
