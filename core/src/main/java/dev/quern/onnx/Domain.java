package dev.quern.onnx;

/** Operator sets with the versions that Quern writes. */
public enum Domain {
  /** The standard operators. */
  STANDARD("", 17),
  /** Classical preprocessing and models: LabelEncoder, Imputer, TreeEnsemble. */
  ML("ai.onnx.ml", 3),
  /** Contributed operators of ONNX Runtime; imported only by graphs that use one. */
  MICROSOFT("com.microsoft", 1);

  private final String id;
  private final int version;

  Domain(String id, int version) {
    this.id = id;
    this.version = version;
  }

  String id() {
    return id;
  }

  int version() {
    return version;
  }
}
