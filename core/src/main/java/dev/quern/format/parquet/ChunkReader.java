package dev.quern.format.parquet;

import dev.quern.data.Nulls;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ValuesType;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.values.ValuesReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads one column of one row group, some rows at a time: levels here, values through {@link
 * LeafValues}.
 */
final class ChunkReader {
  /** Entries of one batch at most: a page of a few bytes can claim two thousand million. */
  private static final int MAX_ENTRIES = 1 << 26;

  private final Shape.Leaf leaf;
  private final PageReader pages;
  private final LeafValues values;
  private final int maxDefinition;
  private final int maxRepetition;
  private final @Nullable Dictionary dictionary;
  private @Nullable Levels repetitionReader;
  private @Nullable Levels definitionReader;
  private int left;
  private int pending = -1;
  private int[] repetitions = {};
  private int[] definitions = {};

  /** Of a flat column whose values are there or not: a bit for each of the latter. */
  private long[] absent = {};

  private int missing;
  private int entries;

  ChunkReader(Shape.Leaf leaf, PageReader pages, LeafValues values) throws IOException {
    this.leaf = leaf;
    this.pages = pages;
    this.values = values;
    this.maxDefinition = leaf.column().getMaxDefinitionLevel();
    this.maxRepetition = leaf.column().getMaxRepetitionLevel();
    DictionaryPage page = pages.readDictionaryPage();
    if (page != null) {
      PageClaims.check(page, leaf.column().getPrimitiveType());
    }
    this.dictionary = page == null ? null : page.getEncoding().initDictionary(leaf.column(), page);
    values.dictionary(dictionary);
  }

  /** Reads the next {@code rows} rows. */
  void read(int rows) throws IOException {
    entries = 0;
    values.reset();
    if (maxRepetition == 0) {
      flat(rows);
    } else {
      nested(rows);
    }
  }

  private void flat(int rows) throws IOException {
    missing = 0;
    if (maxDefinition == 1) {
      absent = new long[rows + 63 >>> 6];
    } else if (maxDefinition > 1 && definitions.length < rows) {
      definitions = new int[rows];
    }
    while (entries < rows) {
      if (left == 0) {
        nextPage();
      }
      int run = Math.min(left, rows - entries);
      int present = run;
      if (maxDefinition == 1) {
        present = reader(definitionReader).present(absent, entries, run);
      } else if (maxDefinition > 1) {
        reader(definitionReader).read(definitions, entries, run);
        present = 0;
        for (int i = entries; i < entries + run; i++) {
          present += definitions[i] == maxDefinition ? 1 : 0;
        }
      }
      values.read(present);
      missing += run - present;
      entries += run;
      left -= run;
    }
  }

  private void nested(int rows) throws IOException {
    int begun = 0;
    boolean done = false;
    while (!done) {
      if (left == 0) {
        if (begun == rows && !hasNextPage()) {
          return;
        }
        if (left == 0) {
          nextPage();
        }
      }
      Levels repeated = reader(repetitionReader);
      Levels defined = reader(definitionReader);
      int present = 0;
      while (left > 0) {
        int repetition = pending >= 0 ? pending : repeated.next();
        if (repetition == 0) {
          if (begun == rows) {
            pending = repetition;
            done = true;
            break;
          }
          begun++;
        } else if (begun == 0) {
          throw new IOException("a row must begin with repetition level 0");
        }
        pending = -1;
        int definition = defined.next();
        room();
        repetitions[entries] = repetition;
        definitions[entries++] = definition;
        present += definition == maxDefinition ? 1 : 0;
        left--;
      }
      values.read(present);
    }
  }

  private void room() throws IOException {
    if (entries == definitions.length) {
      if (entries >= MAX_ENTRIES) {
        throw new IOException("a batch must hold at most " + MAX_ENTRIES + " elements");
      }
      int more = Math.max(1024, 2 * entries);
      repetitions = Arrays.copyOf(repetitions, more);
      definitions = Arrays.copyOf(definitions, more);
    }
  }

  private static Levels reader(@Nullable Levels levels) throws IOException {
    if (levels == null) {
      throw new IOException("a page must tell its levels");
    }
    return levels;
  }

  private void nextPage() throws IOException {
    if (!hasNextPage()) {
      throw new IOException("a column must have as many rows as its group");
    }
  }

  /** Goes on to the next page that holds values; false at the end of the column. */
  private boolean hasNextPage() throws IOException {
    while (left == 0) {
      DataPage page = pages.readPage();
      if (page == null) {
        return false;
      }
      if (page.getValueCount() < 0) {
        throw new IOException("a page must hold values");
      }
      left = page.getValueCount();
      if (page instanceof DataPageV1 first) {
        open(first);
      } else {
        open((DataPageV2) page);
      }
    }
    return true;
  }

  private void open(DataPageV1 page) throws IOException {
    ByteBufferInputStream in = page.getBytes().toInputStream();
    int count = page.getValueCount();
    repetitionReader =
        levels(page.getRlEncoding(), ValuesType.REPETITION_LEVEL, maxRepetition, count, in);
    definitionReader =
        levels(page.getDlEncoding(), ValuesType.DEFINITION_LEVEL, maxDefinition, count, in);
    open(page.getValueEncoding(), page.getValueCount(), in);
  }

  private Levels levels(
      Encoding encoding, ValuesType type, int most, int count, ByteBufferInputStream in)
      throws IOException {
    if (most == 0) {
      return () -> 0;
    }
    if (encoding == Encoding.RLE) {
      return levels(runs(in), most);
    }
    // Bit-packed, as writers did before 2013.
    ValuesReader reader = encoding.getValuesReader(leaf.column(), type);
    reader.initFromPage(count, in);
    return () -> {
      int level = reader.readInteger();
      if (level < 0 || level > most) {
        throw new IOException("a level must be at most " + most);
      }
      return level;
    };
  }

  private static Levels levels(ByteBuffer runs, int most) throws IOException {
    return most == 0 ? () -> 0 : new HybridReader(runs, HybridReader.width(most), most);
  }

  /** Takes runs behind their length. */
  private static ByteBuffer runs(ByteBufferInputStream in) throws IOException {
    int length = BytesUtils.readIntLittleEndian(in);
    if (length < 0 || length > in.available()) {
      throw new IOException("levels must lie within their page");
    }
    return in.slice(length);
  }

  private void open(DataPageV2 page) throws IOException {
    repetitionReader = levels(page.getRepetitionLevels().toByteBuffer(), maxRepetition);
    definitionReader = levels(page.getDefinitionLevels().toByteBuffer(), maxDefinition);
    open(page.getDataEncoding(), page.getValueCount(), page.getData().toInputStream());
  }

  private void open(Encoding encoding, int count, ByteBufferInputStream in) throws IOException {
    ColumnDescriptor column = leaf.column();
    if (encoding.usesDictionary()) {
      if (dictionary == null) {
        throw new IOException("a coded page must have a dictionary");
      }
      ValuesReader reader = new CodedValues(dictionary, in.slice(in.available()));
      values.page(reader, LeafValues.Source.DICTIONARY);
    } else if (encoding == Encoding.RLE && leaf.coding() == Shape.Coding.BOOL) {
      values.page(new BoolRuns(runs(in)), LeafValues.Source.VALUES);
    } else if (encoding == Encoding.PLAIN && values.takesSlices()) {
      values.page(in.slice(in.available()));
    } else {
      ByteBuffer page = in.slice(in.available());
      PageClaims.check(encoding, page, count);
      ValuesReader reader = encoding.getValuesReader(column, ValuesType.VALUES);
      reader.initFromPage(count, ByteBufferInputStream.wrap(page));
      values.page(reader, LeafValues.Source.VALUES);
    }
  }

  /** Returns the values of the rows read last: those that are there, one after the other. */
  LeafValues values() {
    return values;
  }

  /** Returns the number of entries of the rows read last. */
  int entries() {
    return entries;
  }

  /** Returns how much of the path of entry {@code i} is defined. */
  int definition(int i) {
    if (maxDefinition == 0) {
      return 0;
    }
    return hasNulls() ? (int) (~absent[i >>> 6] >>> i & 1) : definitions[i];
  }

  /** Returns whether {@link #nulls} tells which entries have a value. */
  boolean hasNulls() {
    return maxRepetition == 0 && maxDefinition == 1;
  }

  /** Returns which entries have no value. */
  Nulls nulls() {
    return missing == 0 ? Nulls.NONE : Nulls.of(absent);
  }

  /** Returns at which list entry {@code i} repeats, 0 for a new row. */
  int repetition(int i) {
    return maxRepetition == 0 ? 0 : repetitions[i];
  }

  /** Returns the definition level of a value. */
  int full() {
    return maxDefinition;
  }

  /** Returns whether the column holds one entry per row. */
  boolean isFlat() {
    return maxRepetition == 0;
  }
}
