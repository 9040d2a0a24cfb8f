package dev.quern.expression;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.Type;
import java.util.List;

/**
 * A part of an expression that knows its fields: makes a column of a batch. One instance serves one
 * thread, because it may keep what it made last.
 */
abstract class Bound {
  final Type type;
  final List<Bound> inputs;

  Bound(Type type, List<? extends Bound> inputs) {
    this.type = type;
    this.inputs = List.copyOf(inputs);
  }

  /**
   * Returns the values of the physical rows of {@code batch}, defined for its selected rows only. A
   * double is never NaN where it is not null.
   */
  abstract Column evaluate(Batch batch);

  /** Returns whether an ONNX graph can compute this; asked of each part by itself. */
  boolean isEmittable() {
    return false;
  }

  /**
   * Returns the tensor of the values: double with NaN for missing, or texts; for bools only where
   * {@link #truth} is not overridden.
   */
  String emit(Emission to) {
    throw new IllegalStateException("expression must be emittable: " + getClass().getSimpleName());
  }

  /** Returns the tensors of a bool's truth and falsehood; neither holds where it is null. */
  Emission.Truth truth(Emission to) {
    String value = emit(to);
    return new Emission.Truth(
        to.node("Equal", value, to.number(1)), to.node("Equal", value, to.number(0)));
  }

  final boolean isConstant() {
    return this instanceof Constant;
  }

  final boolean isEmittableAll() {
    return isEmittable() && inputs.stream().allMatch(Bound::isEmittableAll);
  }
}
