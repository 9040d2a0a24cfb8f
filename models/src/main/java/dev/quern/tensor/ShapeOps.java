package dev.quern.tensor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Checks that the ops of a network fit together, and counts parameters, bytes and FLOP. */
public final class ShapeOps implements Ops<Shape> {

  private final Map<String, ParameterSpec> parameters = new LinkedHashMap<>();
  private long flop;
  private Shape output = new Shape(Shape.Leading.BATCH, List.of());

  private ShapeOps() {}

  /** Walks the network once; throws where two ops do not fit. */
  public static ShapeOps of(Network network) {
    ShapeOps ops = new ShapeOps();
    // The length of a bag is the data's; 1 gives the cost per id.
    List<Shape> inputs =
        network.inputs().stream()
            .map(
                input ->
                    switch (input.kind()) {
                      case DENSE -> batched(input.width());
                      case IDS, WEIGHTS -> batched(1);
                    })
            .toList();
    ops.output = network.apply(ops, inputs);
    return ops;
  }

  /** Declarations in their order. */
  public List<ParameterSpec> parameters() {
    return List.copyOf(parameters.values());
  }

  /** Number of trained values (floats). */
  public long parameterCount() {
    return parameters.values().stream().mapToLong(ParameterSpec::size).sum();
  }

  /** Size of the trained values (bytes). */
  public long parameterBytes() {
    return parameterCount() * Float.BYTES;
  }

  /** Floating-point operations of a forward pass of one sample, with one id in each bag. */
  public long flopPerSample() {
    return flop;
  }

  /** Width of the output (floats per sample). */
  public int outputWidth() {
    return output.width();
  }

  @Override
  public Shape param(String name, Start start, int... shape) {
    return declare(name, ParameterSpec.Kind.DENSE, start, shape);
  }

  @Override
  public Shape table(String name, Start start, int rows, int width) {
    return declare(name, ParameterSpec.Kind.TABLE, start, rows, width);
  }

  @Override
  public Shape linear(Shape x, Shape w, Shape b) {
    require(w.dims().size() == 2 && w.dims().get(0) == x.width(), "linear weights", x, w);
    require(b.dims().size() == 1 && b.width() == w.width(), "linear bias", w, b);
    flop += 2 * x.size() * w.width();
    return x.withWidth(w.width());
  }

  @Override
  public Shape relu(Shape x) {
    return elementwise(x);
  }

  @Override
  public Shape sigmoid(Shape x) {
    return elementwise(x);
  }

  @Override
  public Shape tanh(Shape x) {
    return elementwise(x);
  }

  @Override
  public Shape scale(Shape x, float s) {
    return elementwise(x);
  }

  @Override
  public Shape softmax(Shape x) {
    return elementwise(x);
  }

  @Override
  public Shape add(Shape a, Shape b) {
    require(a.dims().equals(b.dims()), "add", a, b);
    return elementwise(a);
  }

  @Override
  public Shape embeddingBag(Shape table, Shape ids, Shape weights) {
    require(table.dims().size() == 2, "embeddingBag table", ids, table);
    require(ids.dims().equals(weights.dims()), "embeddingBag weights", ids, weights);
    flop += 2 * ids.size() * table.width();
    return batched(table.width());
  }

  @Override
  public Shape concat(List<Shape> parts) {
    Shape first = parts.get(0);
    int width = 0;
    for (Shape part : parts) {
      require(part.withWidth(1).equals(first.withWidth(1)), "concat", first, part);
      width += part.width();
    }
    return first.withWidth(width);
  }

  private Shape declare(String name, ParameterSpec.Kind kind, Start start, int... shape) {
    List<Integer> dims = IntStream.of(shape).boxed().toList();
    if (parameters.put(name, new ParameterSpec(name, kind, start, dims)) != null) {
      throw new IllegalArgumentException("parameter must be declared once; found again: " + name);
    }
    return new Shape(Shape.Leading.NONE, dims);
  }

  private Shape elementwise(Shape x) {
    flop += x.size();
    return x;
  }

  private static Shape batched(int... dims) {
    return new Shape(Shape.Leading.BATCH, new ArrayList<>(IntStream.of(dims).boxed().toList()));
  }

  private static void require(boolean fits, String where, Shape expected, Shape found) {
    if (!fits) {
      throw new IllegalArgumentException(
          where + " must fit shape " + expected.dims() + " (floats); found: " + found.dims());
    }
  }
}
