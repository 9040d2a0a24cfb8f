package dev.quern.format.parquet;

import dev.quern.engine.Morsel;
import dev.quern.engine.MorselCutter;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts Parquet files between row groups: a morsel is one large group or several small ones, across
 * files too, in rows.
 */
final class GroupCutter implements MorselCutter {
  private final List<ParquetInput> files;
  private final int source;
  private final long wanted;
  private final Opening opening;
  private int ordinal;
  private int file;
  private long row;
  private long bytesRead;
  private long[] groupRows = {};
  private long[] groupBytes = {};
  private int loaded = -1;

  /** Opens files. */
  interface Opening {
    ParquetFile open(int file) throws IOException;
  }

  GroupCutter(List<ParquetInput> files, int source, long wanted, Opening opening) {
    this.opening = opening;
    this.files = files;
    this.source = source;
    this.wanted = wanted;
  }

  @Override
  public synchronized @Nullable Morsel next() throws IOException {
    int firstFile = -1;
    long from = 0;
    int lastFile = -1;
    long to = 0;
    long bytes = 0;
    while (file < files.size()) {
      load();
      int group = groupAt(row);
      if (group == groupRows.length) {
        file++;
        row = 0;
        continue;
      }
      if (bytes > 0 && bytes + groupBytes[group] > wanted) {
        break;
      }
      if (groupRows[group] > 0) {
        if (firstFile < 0) {
          firstFile = file;
          from = row;
        }
        row += groupRows[group];
        lastFile = file;
        to = row;
        bytes += Math.max(1, groupBytes[group]);
      }
    }
    return firstFile < 0
        ? null
        : new Morsel(ordinal++, source, firstFile, lastFile, from, to, null);
  }

  /** Returns the number of the group that begins at {@code wantedRow} and holds rows. */
  private int groupAt(long wantedRow) {
    long begin = 0;
    for (int group = 0; group < groupRows.length; group++) {
      if (begin >= wantedRow && groupRows[group] > 0) {
        return group;
      }
      begin += groupRows[group];
    }
    return groupRows.length;
  }

  private void load() throws IOException {
    if (loaded == file) {
      return;
    }
    try (ParquetFile open = opening.open(file)) {
      groupRows = open.groups().stream().mapToLong(g -> g.getRowCount()).toArray();
      groupBytes =
          open.groups().stream().mapToLong(g -> Math.max(1, g.getTotalByteSize())).toArray();
      long data = open.groups().stream().mapToLong(open::storedBytes).sum();
      bytesRead += Math.max(0, open.input().bytes() - data);
    }
    loaded = file;
  }

  @Override
  public synchronized void skip(Morsel finished) {
    ordinal = finished.ordinal() + 1;
    file = finished.lastFile();
    row = finished.to();
  }

  @Override
  public synchronized long bytesRead() {
    return bytesRead;
  }

  @Override
  public void close() {}
}
