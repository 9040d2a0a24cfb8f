package dev.quern.quality;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.ColumnBuilder;
import dev.quern.data.Field;
import dev.quern.engine.Mapping;
import dev.quern.engine.Outcome;
import dev.quern.format.json.Json;
import dev.quern.operator.Fit;
import dev.quern.operator.ModelFiles;
import dev.quern.operator.Predictor;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks for each sample the model that has not seen its fold. */
final class FoldPredicting implements Mapping {
  /** Answers are rounded to 1e-6: what follows differs from one processor to the next. */
  private static final double STEPS = 1e6;

  private final Field field;
  private final FoldDraw draw;
  private final ModelFiles models;
  private final List<String> classes = new ArrayList<>();
  private final List<Map<String, byte[]>> files = new ArrayList<>();
  private final @Nullable Predictor[] opened;

  FoldPredicting(Field field, FoldDraw draw, Fit fit, ModelFiles models) {
    this.field = field;
    this.draw = draw;
    this.models = models;
    Json.list(fit.values().get(FoldLearning.CLASSES))
        .forEach(name -> classes.add(String.valueOf(name)));
    for (Object written : Json.list(fit.values().get(FoldLearning.MODELS))) {
      Map<String, byte[]> bytes = new LinkedHashMap<>();
      Json.object(written)
          .forEach(
              (name, text) -> bytes.put(name, Base64.getDecoder().decode(String.valueOf(text))));
      files.add(bytes);
    }
    this.opened = new Predictor[draw.folds()];
  }

  @Override
  public void map(Batch batch, Outcome out) {
    double @Nullable [][] answers = new double[batch.rows()][];
    int[][] rows = new int[draw.folds()][batch.count()];
    int[] sizes = new int[draw.folds()];
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      int fold = draw.of(batch, row);
      rows[fold][sizes[fold]++] = row;
    }
    for (int fold = 0; fold < sizes.length; fold++) {
      if (sizes[fold] > 0 && !files.get(fold).isEmpty()) {
        for (int i = 0; i < sizes[fold]; i++) {
          int row = rows[fold][i];
          // One by one: the last bits of an answer may depend on what is asked with it.
          Batch held = batch.select(new int[] {row}, 1);
          answers[row] = answer(predictor(fold).predict(held));
        }
      }
    }
    ColumnBuilder lists = ColumnBuilder.of(field.type());
    for (double[] answer : answers) {
      if (answer == null) {
        lists.appendNull();
      } else {
        for (double each : answer) {
          lists.elements().appendDouble(each);
        }
        lists.endList();
      }
    }
    out.keep(batch.with(field, lists.build()));
  }

  /** Returns the probability of each class, null where the model has none. */
  private double @Nullable [] answer(Batch predicted) {
    double[] answer = new double[classes.size()];
    for (int k = 0; k < answer.length; k++) {
      int position = predicted.schema().indexOf("probability." + classes.get(k));
      if (position >= 0) {
        Column column = predicted.column(position);
        if (column.isNull(0)) {
          return null;
        }
        answer[k] = Math.rint(column.doubleAt(0) * STEPS) / STEPS;
      }
    }
    return answer;
  }

  private Predictor predictor(int fold) {
    Predictor known = opened[fold];
    if (known == null) {
      known = models.open(files.get(fold), this);
      opened[fold] = known;
    }
    return known;
  }
}
