package dev.quern.format.parquet;

import dev.quern.data.Batch;
import dev.quern.data.BatchBuilder;
import dev.quern.data.ColumnBuilder;
import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.data.Split;
import dev.quern.data.Type;
import dev.quern.engine.Fault;
import dev.quern.engine.Morsel;
import dev.quern.engine.MorselCutter;
import dev.quern.engine.Outcome;
import dev.quern.engine.Place;
import dev.quern.engine.Reading;
import dev.quern.engine.Shard;
import dev.quern.engine.Stored;
import dev.quern.format.parquet.ParquetTypes.Ids;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;

/** Seeded batches of any type, and the way through a file and back. */
final class Batches {
  static final Schema EVERY_TYPE =
      new Schema(
          List.of(
              Field.of("text", Type.TEXT),
              Field.of("long", Type.LONG),
              Field.of("double", Type.DOUBLE),
              Field.of("float", Type.FLOAT),
              Field.of("bool", Type.BOOL),
              Field.of("timestamp", Type.TIMESTAMP),
              Field.of("date", Type.DATE),
              Field.of("bytes", Type.BYTES),
              Field.of("decimal", Type.decimal(9, 2)),
              Field.of("decimal18", Type.decimal(18, 0)),
              Field.of("decimal38", Type.decimal(38, 10)),
              Field.of("list", Type.list(Type.LONG)),
              Field.of("texts", Type.list(Type.TEXT)),
              Field.of("struct", Type.parse("struct<a: long, b: text, c: struct<d: bool>>")),
              Field.of(
                  "deep", Type.parse("list<struct<x: list<text>, y: struct<z: list<double>>>>")),
              Field.of("lists", Type.parse("list<list<long>>")),
              Field.of("empty", Type.parse("struct<>")),
              Field.of("empties", Type.parse("list<struct<>>")),
              Field.of("a.b, c: 中文", Type.TEXT),
              Field.of("_id", Type.TEXT),
              Field.of("__split", Type.LONG)));

  private static final String[] WORDS = {
    "",
    "a",
    "red",
    "blue",
    "中文",
    "数据质量",
    "🙂",
    "👩‍👩‍👧",
    "e\u0301",
    "\u0000",
    "line\nbreak",
    "\ufeff"
  };

  private Batches() {}

  /** Returns {@code rows} samples; about one value in five is missing. */
  static Batch random(Schema schema, int rows, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    BatchBuilder builder = new BatchBuilder(schema);
    for (int row = 0; row < rows; row++) {
      builder
          .keys()
          .append(random.nextLong(), random.nextLong(), 0, row, 0, (byte) random.nextInt(4));
      for (int field = 0; field < schema.size(); field++) {
        value(builder.column(field), random, 0);
      }
    }
    return builder.build();
  }

  private static void value(ColumnBuilder column, SplittableRandom random, int depth) {
    if (random.nextInt(5) == 0) {
      column.appendNull();
      return;
    }
    switch (column.type().kind()) {
      case TEXT -> column.appendText(text(random));
      case BYTES -> {
        byte[] bytes = new byte[random.nextInt(20)];
        random.nextBytes(bytes);
        column.appendSlice(bytes, 0, bytes.length);
      }
      case LONG, TIMESTAMP -> column.appendLong(random.nextLong() >> random.nextInt(64));
      case DATE -> column.appendLong(random.nextInt());
      case DOUBLE -> column.appendDouble(Double.longBitsToDouble(random.nextLong()));
      case FLOAT -> column.appendDouble(random.nextInt(9) == 0 ? Double.NaN : random.nextDouble());
      case BOOL -> column.appendBool(random.nextBoolean());
      case DECIMAL -> {
        int digits = random.nextInt(((Type.Decimal) column.type()).precision()) + 1;
        java.math.BigInteger limit = java.math.BigInteger.TEN.pow(digits);
        java.math.BigInteger unscaled =
            new java.math.BigInteger(Long.toUnsignedString(random.nextLong()))
                .multiply(new java.math.BigInteger(Long.toUnsignedString(random.nextLong())))
                .mod(limit);
        unscaled = random.nextBoolean() ? unscaled : unscaled.negate();
        column.appendDecimal(unscaled.shiftRight(64).longValue(), unscaled.longValue());
      }
      case LIST -> {
        int length = random.nextInt(4);
        for (int i = 0; i < length; i++) {
          value(column.elements(), random, depth + 1);
        }
        column.endList();
      }
      case STRUCT -> {
        int parts = ((Type.Struct) column.type()).schema().size();
        for (int i = 0; i < parts; i++) {
          value(column.part(i), random, depth + 1);
        }
        column.endStruct();
      }
    }
  }

  static String text(SplittableRandom random) {
    if (random.nextInt(3) > 0) {
      return WORDS[random.nextInt(WORDS.length)];
    }
    StringBuilder out = new StringBuilder();
    for (int i = random.nextInt(30); i > 0; i--) {
      out.append(WORDS[random.nextInt(WORDS.length)]).append(random.nextInt(100));
    }
    return out.toString();
  }

  /** Writes {@code batches} to a new file and returns it as a shard. */
  static Shard write(Path path, Schema schema, Ids ids, List<Batch> batches) throws IOException {
    long samples = 0;
    try (var out = new ParquetWriting(schema, ids).open(path)) {
      for (Batch batch : batches) {
        out.write(batch);
        samples += batch.count();
      }
    }
    return new Shard(path.toString(), sha256(path), samples, Files.size(path));
  }

  static String sha256(Path path) throws IOException {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(path)));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static Stored stored(Schema schema, Shard... shards) {
    return new Stored("key", schema, Stored.Format.PARQUET, List.of(shards));
  }

  static ParquetInput input(Path path) throws IOException {
    return new ParquetInput(
        path.getFileName().toString(),
        path.toString(),
        Files.size(path),
        Files.getLastModifiedTime(path).toMillis());
  }

  /** Cuts {@code batch} into batches of {@code size} rows. */
  static List<Batch> cut(Batch batch, int size) {
    List<Batch> parts = new ArrayList<>();
    for (int from = 0; from < batch.rows(); from += size) {
      BatchBuilder builder = new BatchBuilder(batch.schema());
      for (int row = from; row < Math.min(batch.rows(), from + size); row++) {
        builder.append(batch, row);
      }
      parts.add(builder.build());
    }
    return parts;
  }

  /** What a read gave. */
  static final class Caught implements Outcome {
    final List<Batch> batches = new ArrayList<>();
    final List<String> quarantined = new ArrayList<>();
    final List<Morsel> morsels = new ArrayList<>();
    long samples;
    long bytes;

    @Override
    public void keep(Batch batch) {
      batches.add(batch);
    }

    @Override
    public void created(long more) {
      throw new AssertionError("a read creates nothing");
    }

    @Override
    public void merged(long more) {
      throw new AssertionError("a read merges nothing");
    }

    @Override
    public void drop(Batch batch, int row, String reason, double measured) {
      throw new AssertionError("a read drops nothing");
    }

    @Override
    public void quarantine(Batch batch, int row, String field, Fault fault) {
      throw new AssertionError("a row set aside must be given with its bytes");
    }

    @Override
    public void quarantine(Place place, String field, Fault fault, byte[] raw) {
      quarantined.add(
          place.file()
              + "@"
              + place.position()
              + " "
              + field
              + " "
              + fault.rule()
              + " "
              + raw.length);
    }

    /** Returns each sample as id, split, rank and values. */
    List<String> samples() {
      List<String> all = new ArrayList<>();
      for (Batch batch : batches) {
        for (int i = 0; i < batch.count(); i++) {
          all.add(sample(batch, batch.row(i)));
        }
      }
      return all;
    }
  }

  static Caught read(Reading reading, long morselBytes) throws IOException {
    Caught caught = new Caught();
    try (MorselCutter cutter = reading.cutter(morselBytes)) {
      for (Morsel morsel = cutter.next(); morsel != null; morsel = cutter.next()) {
        caught.morsels.add(morsel);
        Reading.Read read = reading.read(morsel, caught);
        caught.samples += read.samples();
        caught.bytes += read.bytes();
      }
    }
    return caught;
  }

  static List<String> samples(Batch batch) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < batch.count(); i++) {
      all.add(sample(batch, batch.row(i)));
    }
    return all;
  }

  private static String sample(Batch batch, int row) {
    Split split = batch.keys().split(row);
    return batch.keys().id(row) + " " + split + " " + values(batch, row);
  }

  static String values(Batch batch, int row) {
    StringBuilder out = new StringBuilder();
    for (int field = 0; field < batch.schema().size(); field++) {
      out.append(batch.schema().field(field).name()).append('=');
      written(out, batch.column(field).valueAt(row));
      out.append(';');
    }
    return out.toString();
  }

  private static void written(StringBuilder out, Object value) {
    if (value instanceof byte[] bytes) {
      out.append(HexFormat.of().formatHex(bytes));
    } else if (value instanceof Double number) {
      out.append(Double.doubleToRawLongBits(number));
    } else if (value instanceof List<?> list) {
      out.append('[');
      for (Object part : list) {
        written(out, part);
        out.append(',');
      }
      out.append(']');
    } else if (value instanceof java.util.Map<?, ?> map) {
      out.append('{');
      map.forEach(
          (name, part) -> {
            out.append(name).append(':');
            written(out, part);
            out.append(',');
          });
      out.append('}');
    } else {
      out.append(value);
    }
  }
}
