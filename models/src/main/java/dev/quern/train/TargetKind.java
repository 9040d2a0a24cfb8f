package dev.quern.train;

import dev.quern.data.Field;
import dev.quern.data.Type;
import dev.quern.operator.BindException;

/** What a target is predicted as. */
enum TargetKind {
  NUMBER,
  CLASSES;

  /**
   * Decides by type and loss.
   *
   * @throws BindException if the loss does not fit the type
   */
  static TargetKind of(Field target, Settings.LossChoice loss) {
    Type.Kind type = target.type().kind();
    boolean number =
        type == Type.Kind.LONG
            || type == Type.Kind.DOUBLE
            || type == Type.Kind.FLOAT
            || type == Type.Kind.DECIMAL;
    boolean classes = type == Type.Kind.TEXT || type == Type.Kind.BOOL || type == Type.Kind.LONG;
    if (!number && !classes) {
      throw new BindException(
          "", "target must be a number, a text or a bool; found: " + found(target));
    }
    return switch (loss) {
      case AUTO -> number ? NUMBER : CLASSES;
      case MSE -> {
        require(number, "mse, or the target a number", target);
        yield NUMBER;
      }
      case BINARY_CROSS_ENTROPY, CATEGORICAL_CROSS_ENTROPY -> {
        require(classes, "an entropy only for a text, bool or long as target", target);
        yield CLASSES;
      }
    };
  }

  private static void require(boolean fits, String rule, Field target) {
    if (!fits) {
      String must = rule.startsWith("mse") ? "must be another than " : "must be ";
      throw new BindException("loss", must + rule + "; found: " + found(target));
    }
  }

  private static String found(Field target) {
    return target.name() + ", " + target.type();
  }
}
