package dev.quern.privacy.recognise;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.Keys;
import dev.quern.data.Slice;
import dev.quern.engine.Accumulator;
import dev.quern.engine.RunContext;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which type covers the cells of fields as a whole, in the {@value #SAMPLES} samples whose ids have
 * the smallest hashes (all while there are no more): a uniform sample that depends on ids alone, so
 * equal samples give equal states in any order. Holds types and no values. A share of all cells is
 * estimated within 0.022 (1.96 standard errors at one half). Cells of more than {@value
 * #LONGEST_BYTES} bytes count as texts that no type covers.
 */
public final class FieldSample implements Accumulator<FieldSample> {
  /** The samples that are looked at. */
  public static final int SAMPLES = 2_000;

  /** The share of cells that must be covered where the name of the field speaks for the type. */
  public static final double NAMED = 0.5;

  private static final int VERSION = 1;
  private static final int LONGEST_BYTES = 256;
  private static final int LEAST_CELLS = 10;
  private static final long SEED = 0x5ca1ab1e0ddba11L;
  private static final byte MISSING = 0;
  private static final byte UNCOVERED = 1;
  private static final int FIRST_TYPE = 2;

  private final int[] positions;
  private final Recognisers recognisers;
  private final List<String> types;
  private final double minScore;
  private final TreeMap<Key, short[]> samples = new TreeMap<>();
  private final Slice slice = new Slice();
  private @Nullable CellDetector detector;

  /** A sample by the hash of its id. */
  private record Key(long hash, long high, long low) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int order = Long.compareUnsigned(hash, other.hash);
      order = order != 0 ? order : Long.compare(high, other.high);
      return order != 0 ? order : Long.compare(low, other.low);
    }
  }

  /**
   * A field of which one type covers most cells as a whole.
   *
   * @param position of the field
   * @param type the type
   * @param share of cells that it covers, of those looked at that are not missing
   * @param cells cells looked at that are not missing
   */
  public record Whole(int position, String type, double share, long cells) {}

  /**
   * Makes a collection without samples.
   *
   * @param positions fields of types that {@link CellText} knows
   * @param recognisers what is looked for
   * @param minScore the least score of findings
   */
  public FieldSample(int[] positions, Recognisers recognisers, double minScore) {
    this.positions = positions.clone();
    this.recognisers = recognisers;
    this.types = recognisers.types();
    this.minScore = minScore;
  }

  /** Returns the collection whose state was written. */
  public static FieldSample read(
      DataInput in, int[] positions, Recognisers recognisers, double minScore) throws IOException {
    FieldSample sample = new FieldSample(positions, recognisers, minScore);
    int version = in.readByte();
    if (version != VERSION) {
      throw new IOException("version of a field sample must be 1; found: " + version);
    }
    for (int left = in.readInt(); left > 0; left--) {
      Key key = new Key(in.readLong(), in.readLong(), in.readLong());
      short[] cells = new short[positions.length];
      for (int i = 0; i < cells.length; i++) {
        cells[i] = in.readShort();
      }
      sample.samples.put(key, cells);
    }
    return sample;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeInt(samples.size());
    for (Map.Entry<Key, short[]> sample : samples.entrySet()) {
      out.writeLong(sample.getKey().hash());
      out.writeLong(sample.getKey().high());
      out.writeLong(sample.getKey().low());
      for (short cell : sample.getValue()) {
        out.writeShort(cell);
      }
    }
  }

  @Override
  public void add(Batch batch) {
    Keys keys = batch.keys();
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      long high = keys.idHigh(row);
      long low = keys.idLow(row);
      Key key = new Key(RunContext.draw(SEED, high, low), high, low);
      if (samples.size() < SAMPLES || key.compareTo(samples.lastKey()) < 0) {
        samples.put(key, cells(batch, row));
        trim();
      }
    }
  }

  private void trim() {
    while (samples.size() > SAMPLES) {
      samples.pollLastEntry();
    }
  }

  @Override
  public void merge(FieldSample other) {
    samples.putAll(other.samples);
    trim();
  }

  private short[] cells(Batch batch, int row) {
    short[] cells = new short[positions.length];
    for (int i = 0; i < positions.length; i++) {
      Column column = batch.column(positions[i]);
      if (column.isNull(row)) {
        cells[i] = MISSING;
      } else {
        String field = batch.schema().field(positions[i]).name();
        cells[i] = covering(column, row, field);
      }
    }
    return cells;
  }

  /** Returns the number of the type that covers the cell. */
  private short covering(Column column, int row, String field) {
    if (CellText.isText(column.type()) && column.sliceAt(row, slice).length() > LONGEST_BYTES) {
      return UNCOVERED;
    }
    CellDetector cells = detector;
    if (cells == null) {
      cells = new CellDetector(new Detector(recognisers, minScore));
      detector = cells;
    }
    List<Finding> found = cells.find(column, row, field);
    Extent extent = cells.extent();
    if (extent.isEmpty()) {
      return CellText.isText(column.type()) ? MISSING : UNCOVERED;
    }
    for (Finding one : found) {
      if (extent.isWithin(one)) {
        return (short) (FIRST_TYPE + types.indexOf(one.type()));
      }
    }
    return UNCOVERED;
  }

  /**
   * Returns the fields that are of one type as a whole: of ten cells at least, {@link
   * FieldScan#WHOLE} are covered by it, or {@link #NAMED} where the name of the field speaks for
   * the type.
   *
   * @param names of the fields, by position
   */
  public List<Whole> whole(List<String> names) {
    List<Whole> whole = new ArrayList<>();
    for (int i = 0; i < positions.length; i++) {
      long[] covered = new long[types.size()];
      long present = 0;
      for (short[] cells : samples.values()) {
        present += cells[i] == MISSING ? 0 : 1;
        if (cells[i] >= FIRST_TYPE) {
          covered[cells[i] - FIRST_TYPE]++;
        }
      }
      int most = 0;
      for (int type = 1; type < covered.length; type++) {
        most = covered[type] > covered[most] ? type : most;
      }
      if (present >= LEAST_CELLS && covered[most] > 0) {
        String type = types.get(most);
        double share = (double) covered[most] / present;
        if (share >= FieldScan.WHOLE
            || share >= NAMED && recognisers.isNamed(names.get(positions[i]), type)) {
          whole.add(new Whole(positions[i], type, share, present));
        }
      }
    }
    return whole;
  }
}
