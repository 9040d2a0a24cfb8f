package dev.quern.format.parquet;

import dev.quern.data.Column;
import dev.quern.data.DictionaryColumn;
import dev.quern.data.Nulls;
import dev.quern.data.TextColumn;
import dev.quern.data.Type;
import dev.quern.engine.Fault;
import dev.quern.text.Utf8;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.jspecify.annotations.Nullable;

/**
 * Texts and bytes of a leaf as slices of one array, or as codes while all pages are coded. Plain
 * pages are copied whole, lengths included, and no text is decoded.
 */
final class TextValues {
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle BIG_LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final Type type;
  private final boolean check;
  private final int width;
  private final List<LeafValues.Wrong> wrong;
  private @Nullable TextColumn dictionary;
  private @Nullable ValuesReader reader;
  private boolean coded;
  private byte[] page = {};
  private int at;
  private int limit;
  private boolean codes;
  private int[] code = {};
  private byte[] bytes = {};
  private int used;
  private int[] starts = {};
  private int[] ends = {};

  TextValues(Shape.Leaf leaf, LeafValues.Trust trust, List<LeafValues.Wrong> wrong) {
    this.type = leaf.type();
    this.check = trust == LeafValues.Trust.FOREIGN && leaf.coding() == Shape.Coding.TEXT;
    this.width =
        leaf.column().getPrimitiveType().getPrimitiveTypeName()
                == PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY
            ? leaf.column().getPrimitiveType().getTypeLength()
            : -1;
    this.wrong = wrong;
  }

  /** Takes over the dictionary of a chunk of texts; a wrong text in it makes the codes useless. */
  void dictionary(@Nullable Dictionary values) {
    dictionary = null;
    if (values == null || !type.equals(Type.TEXT) || width >= 0) {
      return;
    }
    int count = values.getMaxId() + 1;
    int[] from = new int[count];
    int[] to = new int[count];
    byte[] all = new byte[1024];
    int end = 0;
    for (int i = 0; i < count; i++) {
      ByteBuffer text = values.decodeToBinary(i).toByteBuffer();
      int length = text.remaining();
      if (end + length > all.length) {
        all = Arrays.copyOf(all, Math.max(Math.multiplyExact(2, end), end + length));
      }
      text.get(text.position(), all, end, length);
      if (check && !Utf8.isValid(all, end, end + length)) {
        return;
      }
      from[i] = end;
      to[i] = end += length;
    }
    dictionary = new TextColumn(Type.TEXT, all, from, to, count, Nulls.NONE);
  }

  /** Goes on with a plain page. */
  void page(ByteBuffer plain) {
    reader = null;
    if (plain.hasArray()) {
      page = plain.array();
      at = plain.arrayOffset() + plain.position();
      limit = at + plain.remaining();
    } else {
      page = new byte[plain.remaining()];
      plain.get(page);
      at = 0;
      limit = page.length;
    }
  }

  /** Goes on with another page. */
  void page(ValuesReader newReader, LeafValues.Source source) {
    reader = newReader;
    coded = source == LeafValues.Source.DICTIONARY;
  }

  /** Forgets the values; columns made of them keep their arrays. */
  void reset() {
    used = 0;
    bytes = new byte[0];
    codes = dictionary != null;
  }

  /** Makes room for {@code needed} values. */
  void room(int needed) {
    if (starts.length < needed) {
      int more = Math.max(needed, starts.length + (starts.length >> 1));
      starts = Arrays.copyOf(starts, more);
      ends = Arrays.copyOf(ends, more);
    }
  }

  /** Reads {@code count} values behind the {@code size} there are. */
  void read(int size, int count) throws IOException {
    if (count == 0) {
      return;
    }
    ValuesReader in = reader;
    TextColumn words = dictionary;
    if (in instanceof CodedValues page && words != null && codes) {
      if (code.length < size + count) {
        code = Arrays.copyOf(code, LeafValues.more(size, size + count));
      }
      page.codes(code, size, count);
      return;
    }
    if (codes) {
      leaveCodes(size);
    }
    room(size + count);
    if (in == null) {
      plain(size, count);
    } else if (coded && words != null) {
      for (int i = size; i < size + count; i++) {
        put(i, words, in.readValueDictionaryId());
      }
    } else {
      for (int i = size; i < size + count; i++) {
        append(i, in.readBytes().getBytesUnsafe());
      }
    }
    if (check && !(in != null && coded && words != null)) {
      check(size, count);
    }
  }

  /** Writes out the codes read so far, because a page without codes follows. */
  private void leaveCodes(int size) throws IOException {
    codes = false;
    TextColumn words = dictionary;
    if (words != null) {
      room(size);
      for (int i = 0; i < size; i++) {
        put(i, words, code[i]);
      }
    }
  }

  private void put(int index, TextColumn words, int word) throws IOException {
    if (word < 0 || word >= words.size()) {
      throw new IOException("a code must be in the dictionary");
    }
    append(index, words.bytes(), words.start(word), words.end(word));
  }

  private void plain(int size, int count) throws IOException {
    int from = at;
    for (int i = size; i < size + count; i++) {
      int length = width;
      if (width < 0) {
        if (limit - at < 4) {
          throw new IOException("a page must hold the values it claims");
        }
        length = (int) INTS.get(page, at);
        at += 4;
      }
      if (length < 0 || length > limit - at) {
        throw new IOException("a value must lie within its page");
      }
      starts[i] = used + at - from;
      at += length;
      ends[i] = used + at - from;
    }
    roomForBytes(at - from);
    System.arraycopy(page, from, bytes, used, at - from);
    used += at - from;
  }

  private void check(int size, int count) {
    for (int i = size; i < size + count; i++) {
      if (!Utf8.isValid(bytes, starts[i], ends[i])) {
        byte[] raw = Arrays.copyOfRange(bytes, starts[i], ends[i]);
        wrong.add(
            new LeafValues.Wrong(i, Fault.of("not_utf8", "UTF-8 text", raw, 0, raw.length), raw));
        ends[i] = starts[i];
      }
    }
  }

  /** Sets value {@code index}, for which there is room. */
  void append(int index, byte[] value) {
    append(index, value, 0, value.length);
  }

  private void append(int index, byte[] source, int from, int to) {
    int length = to - from;
    roomForBytes(length);
    System.arraycopy(source, from, bytes, used, length);
    starts[index] = used;
    used += length;
    ends[index] = used;
  }

  private void roomForBytes(int more) {
    int needed = Math.addExact(used, more);
    if (needed > bytes.length) {
      bytes =
          Arrays.copyOf(
              bytes, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(needed, used * 3L / 2)));
    }
  }

  /** Returns the values as a column, see {@link LeafValues#column}. */
  Column column(int slots, Nulls nulls) {
    TextColumn words = dictionary;
    if (codes && words != null) {
      return new DictionaryColumn(words, CodedNumbers.spread(code, slots, nulls), slots, nulls);
    }
    int[] from = Spread.over(starts, new int[slots], slots, nulls);
    int[] to = Spread.over(ends, new int[slots], slots, nulls);
    return new TextColumn(type, bytes, from, to, slots, nulls);
  }

  /** Puts the two halves of the 16 bytes of value {@code index} into {@code into}. */
  void halves(int index, long[] into) throws IOException {
    if (ends[index] - starts[index] != 16) {
      throw new IOException("an id must have 16 bytes");
    }
    into[0] = (long) BIG_LONGS.get(bytes, starts[index]);
    into[1] = (long) BIG_LONGS.get(bytes, starts[index] + 8);
  }
}
