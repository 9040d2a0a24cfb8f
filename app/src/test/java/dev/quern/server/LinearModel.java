package dev.quern.server;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.ColumnBuilder;
import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.operator.Predictor;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * A model by formula: score = 2 · age + 0.5 · hours + (member ? 10 : 0) + characters of city, where
 * a missing value counts as 0; grade is {@code high} from 100 on; parts are age's and hours' share.
 */
final class LinearModel implements Predictor {
  static final Schema INPUTS =
      Schema.of(
          Field.of("age", Type.LONG),
          Field.of("hours", Type.DOUBLE),
          Field.of("city", Type.TEXT),
          Field.of("member", Type.BOOL));

  static final Schema OUTPUTS =
      Schema.of(
          Field.of("score", Type.DOUBLE),
          Field.of("grade", Type.TEXT),
          Field.of("parts", Type.list(Type.DOUBLE)));

  /** Opened by tests that want calls to wait inside the model. */
  volatile CountDownLatch gate = new CountDownLatch(0);

  volatile CountDownLatch entered = new CountDownLatch(0);

  @Override
  public Schema inputs() {
    return INPUTS;
  }

  @Override
  public Schema outputs() {
    return OUTPUTS;
  }

  @Override
  public Batch predict(Batch raw) {
    entered.countDown();
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    ColumnBuilder score = ColumnBuilder.of(Type.DOUBLE);
    ColumnBuilder grade = ColumnBuilder.of(Type.TEXT);
    ColumnBuilder parts = ColumnBuilder.of(Type.list(Type.DOUBLE));
    for (int i = 0; i < raw.count(); i++) {
      int row = raw.row(i);
      double age = raw.column(0).isNull(row) ? 0 : 2.0 * raw.column(0).longAt(row);
      double hours = raw.column(1).isNull(row) ? 0 : 0.5 * raw.column(1).doubleAt(row);
      double sum = age + hours + memberPart(raw.column(3), row) + cityPart(raw.column(2), row);
      score.appendDouble(sum);
      if (raw.column(2).isNull(row)) {
        grade.appendNull();
      } else {
        grade.appendText(sum >= 100 ? "high" : "low");
      }
      parts.elements().appendDouble(age);
      parts.elements().appendDouble(hours);
      parts.endList();
    }
    List<Column> columns = List.of(score.build(), grade.build(), parts.build());
    return Batch.of(OUTPUTS, columns, raw.compact().keys());
  }

  private static double memberPart(Column member, int row) {
    return !member.isNull(row) && member.boolAt(row) ? 10 : 0;
  }

  private static double cityPart(Column city, int row) {
    if (city.isNull(row)) {
      return 0;
    }
    String text = city.textAt(row);
    if (text.equals("explode")) {
      throw new IllegalStateException("secret-" + text);
    }
    return text.codePointCount(0, text.length());
  }

  @Override
  public void close() {}
}
