package dev.quern.tensor;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values a network learns: name → floats with a shape, in the order of their declaration. The
 * arrays are live; training writes into them. Two are equal when names, shapes and all bits are.
 */
public final class Parameters {

  private static final int MAGIC = 0x4D525051; // "QPRM" in little endian
  private static final int VERSION = 1;

  @SuppressWarnings("ArrayRecordComponent") // compared by bytes, see equals
  private record Entry(ParameterSpec.Kind kind, List<Integer> shape, float[] values) {}

  private final Map<String, Entry> entries;

  private Parameters(Map<String, Entry> entries) {
    this.entries = entries;
  }

  /** Starting values; each depends on the seed, the name and its place only. */
  public static Parameters start(List<ParameterSpec> specs, long seed) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (ParameterSpec spec : specs) {
      float[] values = new float[spec.size()];
      if (spec.start() instanceof Start.Constant constant) {
        Arrays.fill(values, constant.value());
      } else if (spec.start() instanceof Start.Normal normal) {
        double deviation = Math.sqrt(normal.variance());
        long stream = Draws.stream(seed, spec.name());
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) (deviation * Draws.gaussian(stream, i));
        }
      }
      entries.put(spec.name(), new Entry(spec.kind(), spec.shape(), values));
    }
    return new Parameters(entries);
  }

  /** Names in the order of declaration. */
  public List<String> names() {
    return List.copyOf(entries.keySet());
  }

  /** The live values, row-major. */
  public float[] values(String name) {
    return entry(name).values();
  }

  /** Sizes, outermost first. */
  public List<Integer> shape(String name) {
    return entry(name).shape();
  }

  ParameterSpec.Kind kind(String name) {
    return entry(name).kind();
  }

  /** Number of values (floats). */
  public long count() {
    return entries.values().stream().mapToLong(entry -> entry.values().length).sum();
  }

  /** A copy that shares nothing. */
  public Parameters copy() {
    Map<String, Entry> copies = new LinkedHashMap<>();
    entries.forEach(
        (name, entry) ->
            copies.put(name, new Entry(entry.kind(), entry.shape(), entry.values().clone())));
    return new Parameters(copies);
  }

  /** Takes over the values of {@code other}, which has the same names and shapes. */
  void assign(Parameters other) {
    entries.forEach(
        (name, entry) ->
            System.arraycopy(other.values(name), 0, entry.values(), 0, entry.values().length));
  }

  /**
   * Little endian: magic, version, count, and for each name (length, UTF-8), kind, rank, dims,
   * values as float bits.
   */
  public byte[] toBytes() {
    List<byte[]> names = new ArrayList<>();
    long size = 12;
    for (Map.Entry<String, Entry> item : entries.entrySet()) {
      byte[] name = item.getKey().getBytes(UTF_8);
      names.add(name);
      Entry entry = item.getValue();
      size += 4 + name.length + 4 + 4 + 4L * entry.shape().size() + 4L * entry.values().length;
    }
    ByteBuffer out = ByteBuffer.allocate(Math.toIntExact(size)).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(MAGIC).putInt(VERSION).putInt(entries.size());
    int next = 0;
    for (Entry entry : entries.values()) {
      byte[] name = names.get(next++);
      out.putInt(name.length).put(name).putInt(entry.kind().code());
      out.putInt(entry.shape().size());
      entry.shape().forEach(out::putInt);
      out.asFloatBuffer().put(entry.values());
      out.position(out.position() + 4 * entry.values().length);
    }
    return out.array();
  }

  /** Reads what {@link #toBytes} wrote. */
  public static Parameters fromBytes(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.length < 12 || in.getInt() != MAGIC || in.getInt() != VERSION) {
      throw new IllegalArgumentException(
          "parameters must begin with QPRM and version " + VERSION + "; found: other bytes");
    }
    Map<String, Entry> entries = new LinkedHashMap<>();
    int count = in.getInt();
    for (int i = 0; i < count; i++) {
      byte[] name = new byte[in.getInt()];
      in.get(name);
      ParameterSpec.Kind kind = ParameterSpec.Kind.of(in.getInt());
      List<Integer> shape = new ArrayList<>();
      for (int rank = in.getInt(); rank > 0; rank--) {
        shape.add(in.getInt());
      }
      ParameterSpec spec = new ParameterSpec(new String(name, UTF_8), kind, Start.ZERO, shape);
      float[] values = new float[spec.size()];
      in.asFloatBuffer().get(values);
      in.position(in.position() + 4 * values.length);
      entries.put(spec.name(), new Entry(kind, spec.shape(), values));
    }
    return new Parameters(entries);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Parameters that && Arrays.equals(toBytes(), that.toBytes());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(toBytes());
  }

  @Override
  public String toString() {
    return "Parameters" + entries.keySet() + ", " + count() + " floats";
  }

  private Entry entry(String name) {
    Entry entry = entries.get(name);
    if (entry == null) {
      throw new IllegalArgumentException(
          "parameter must be one of " + entries.keySet() + "; found: " + name);
    }
    return entry;
  }
}
