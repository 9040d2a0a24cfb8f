package dev.quern.expression;

import dev.quern.data.Batch;
import dev.quern.data.BoolColumn;
import dev.quern.data.Column;
import dev.quern.data.DictionaryColumn;
import dev.quern.data.Nulls;
import dev.quern.data.TextColumn;
import dev.quern.data.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What depends on one text and on constants: of a dictionary column it is computed once for each
 * entry of the dictionary.
 */
abstract class OverText extends Bound {
  private @Nullable TextColumn lastDictionary;
  private @Nullable Column lastResult;

  OverText(Type type, List<? extends Bound> inputs) {
    super(type, inputs);
  }

  /** Returns the values for {@code texts}, defined in {@code rows}; null rows included. */
  abstract Column apply(Column texts, Rows rows);

  /** Computes over what the input gave for {@code batch}. */
  final Column applyTo(Column texts, Batch batch) {
    if (texts instanceof DictionaryColumn coded) {
      TextColumn dictionary = coded.dictionary();
      Column result = lastDictionary == dictionary ? lastResult : null;
      if (result == null && dictionary.size() <= 2L * batch.count()) {
        result = apply(dictionary, Rows.all(dictionary.size()));
        lastDictionary = dictionary;
        lastResult = result;
      }
      if (result != null) {
        return gather(result, coded, batch);
      }
    }
    return apply(texts, Rows.of(batch));
  }

  private Column gather(Column result, DictionaryColumn coded, Batch batch) {
    int rows = batch.rows();
    if (result instanceof BoolColumn bools && !result.nulls().any()) {
      boolean[] from = bools.values();
      boolean[] to = new boolean[rows];
      boolean nulls = coded.nulls().any();
      for (int i = 0, n = batch.count(); i < n; i++) {
        int row = batch.row(i);
        int code = coded.code(row);
        to[row] = (!nulls || code >= 0) && from[code];
      }
      return new BoolColumn(to, rows, coded.nulls());
    }
    if (result instanceof TextColumn texts && !result.nulls().any()) {
      int[] codes = new int[rows];
      for (int i = 0, n = batch.count(); i < n; i++) {
        int row = batch.row(i);
        codes[row] = coded.code(row);
      }
      return new DictionaryColumn(texts, codes, rows, coded.nulls());
    }
    Target target = new Target(type, rows, Nulls.NONE);
    for (int i = 0, n = batch.count(); i < n; i++) {
      int row = batch.row(i);
      if (coded.isNull(row)) {
        target.setNull(row);
      } else {
        target.copy(result, coded.code(row), row);
      }
    }
    return target.build();
  }
}
