package dev.quern.onnx;

import java.util.List;
import java.util.stream.LongStream;

/** One dimension of an input or output: a fixed size or a name that stands for any size. */
public sealed interface Dim {

  /** A dimension of this many elements. */
  record Fixed(long size) implements Dim {
    public Fixed {
      if (size < 0) {
        throw new IllegalArgumentException("dim must be >= 0 (elements); found: " + size);
      }
    }
  }

  /** A dimension whose size is known at run time only; equal names mean equal sizes. */
  record Named(String name) implements Dim {}

  /** The batch dimension, always the first one of inputs and outputs. */
  Dim BATCH = new Named("N");

  /** Fixed dimensions of these sizes. */
  static List<Dim> fixed(long... sizes) {
    return LongStream.of(sizes).<Dim>mapToObj(Fixed::new).toList();
  }
}
