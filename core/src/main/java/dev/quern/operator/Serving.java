package dev.quern.operator;

/** Where a step runs when a model is served. */
public enum Serving {
  /** It emits ONNX nodes and becomes part of the model. */
  GRAPH,
  /** Quern runs its code before the model. */
  HOST,
  /** It does nothing at serving. */
  TRAINING_ONLY
}
