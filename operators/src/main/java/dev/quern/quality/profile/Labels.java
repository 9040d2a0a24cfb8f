package dev.quern.quality.profile;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.Field;
import dev.quern.data.Role;
import dev.quern.data.Slice;
import dev.quern.data.Split;
import dev.quern.data.Type;
import dev.quern.statistics.TextCounts;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** How often each value of a label stands in each split; nothing where a field is no label. */
final class Labels {
  /** A label of more values than this is no class. */
  private static final int MOST = 1000;

  private static final VarHandle WHOLE =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final Field field;

  /** By split code; empty where the field is no label or has too many values. */
  List<TextCounts> counts = List.of();

  private final byte[] whole = new byte[Long.BYTES];
  private final Slice slice = new Slice();

  Labels(Field field) {
    this.field = field;
    Type.Kind kind = field.type().kind();
    if (field.is(Role.LABEL)
        && (kind == Type.Kind.TEXT || kind == Type.Kind.LONG || kind == Type.Kind.BOOL)) {
      List<TextCounts> empty = new ArrayList<>();
      for (int split = 0; split < Split.values().length; split++) {
        empty.add(new TextCounts());
      }
      counts = empty;
    }
  }

  void add(Batch batch, Column column) {
    Type.Kind kind = column.type().kind();
    for (int i = 0; i < batch.count() && !counts.isEmpty(); i++) {
      int row = batch.row(i);
      if (column.isNull(row)) {
        continue;
      }
      TextCounts here = counts.get(batch.keys().splitCode(row));
      if (kind == Type.Kind.TEXT) {
        column.sliceAt(row, slice);
        here.add(slice.bytes, slice.start, slice.end, 1);
      } else {
        long value = kind == Type.Kind.LONG ? column.longAt(row) : column.boolAt(row) ? 1 : 0;
        WHOLE.set(whole, 0, value);
        here.add(whole, 0, whole.length, 1);
      }
      forgetIfMany(here);
    }
  }

  /** Depends on the sets of values alone. */
  private void forgetIfMany(TextCounts some) {
    if (some.distinct() > MOST) {
      counts = List.of();
    }
  }

  /** Returns the label stored as {@code bytes[start, end)}. */
  String written(byte[] bytes, int start, int end) {
    return switch (field.type().kind()) {
      case LONG -> Long.toString((long) WHOLE.get(bytes, start));
      case BOOL -> Boolean.toString((long) WHOLE.get(bytes, start) == 1);
      default -> new String(bytes, start, end - start, StandardCharsets.UTF_8);
    };
  }

  void merge(Labels other) {
    if (counts.isEmpty() || other.counts.isEmpty()) {
      counts = List.of();
      return;
    }
    for (int split = 0; split < counts.size(); split++) {
      counts.get(split).merge(other.counts.get(split));
    }
    List.copyOf(counts).forEach(this::forgetIfMany);
  }

  void write(DataOutput out) throws IOException {
    out.writeByte(counts.size());
    for (TextCounts some : counts) {
      some.write(out);
    }
  }

  static Labels read(DataInput in, Field field) throws IOException {
    Labels labels = new Labels(field);
    List<TextCounts> counts = new ArrayList<>();
    int splits = in.readUnsignedByte();
    for (int split = 0; split < splits; split++) {
      counts.add(TextCounts.read(in));
    }
    labels.counts = counts;
    return labels;
  }
}
