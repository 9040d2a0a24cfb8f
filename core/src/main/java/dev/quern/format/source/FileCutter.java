package dev.quern.format.source;

import dev.quern.engine.InputFile;
import dev.quern.engine.Morsel;
import dev.quern.engine.MorselCutter;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts files into morsels between records. Files in a row that are far smaller than a morsel become
 * one morsel of whole files, which is not read for cutting.
 */
final class FileCutter implements MorselCutter {
  /** A file of at most this part of a morsel is small. */
  private static final int SMALL = 4;

  private final int source;
  private final List<InputFile> files;
  private final long morselBytes;
  private final Opening opening;
  private int ordinal;
  private int file;

  /** Where the next morsel starts in {@link #file}; below 0 at its first record. */
  private long offset = -1;

  private @Nullable OpenFile open;
  private long closedBytes;

  FileCutter(int source, List<InputFile> files, long morselBytes, Opening opening) {
    this.source = source;
    this.files = files;
    this.morselBytes = morselBytes;
    this.opening = opening;
  }

  /** The files as cutting needs them. */
  interface Opening {
    OpenFile open(int number, long offset, long target) throws IOException;

    /**
     * Returns where the morsel from {@code offset} on lies (below 0: from the first record), an
     * empty place at the end of the file; null if that takes reading all of it.
     */
    default @Nullable Place place(int number, long offset, long target) throws IOException {
      return null;
    }

    /** Takes note that file {@code number} ends at {@code offset} of its decoded stream. */
    void ended(int number, long offset);
  }

  /** A piece of a decoded stream: [from, to). */
  record Place(long from, long to) {}

  /** A file that is being cut. */
  record OpenFile(StoredStream stored, RecordBlocks blocks, boolean tellsEnd) {}

  @Override
  public synchronized @Nullable Morsel next() throws IOException {
    while (file < files.size()) {
      int last = offset < 0 && open == null ? lastOfGroup() : file;
      if (last > file) {
        Morsel group = new Morsel(ordinal++, source, file, last, 0, files.get(last).bytes(), null);
        file = last + 1;
        return group;
      }
      Place place = open == null ? opening.place(file, offset, morselBytes) : null;
      if (place != null) {
        offset = place.to();
        if (place.from() < place.to()) {
          return new Morsel(ordinal++, source, file, file, place.from(), place.to(), null);
        }
        file++;
        offset = -1;
        continue;
      }
      if (open == null) {
        open = opening.open(file, offset, morselBytes);
      }
      RecordBlocks.Block block = open.blocks().next();
      if (block != null) {
        offset = block.end();
        if (open.tellsEnd() && open.blocks().endsHere()) {
          opening.ended(file, offset);
        }
        // What the end of an array says of one is found by reading it again.
        byte[] payload = block.isTooLong() && open.tellsEnd() ? null : block.bytes();
        return new Morsel(ordinal++, source, file, file, block.offset(), block.end(), payload);
      }
      closeFile();
      file++;
      offset = -1;
    }
    return null;
  }

  @Override
  public synchronized void skip(Morsel finished) throws IOException {
    boolean ahead = open != null && open.stored().isPlain();
    ordinal = finished.ordinal() + 1;
    if (finished.firstFile() < finished.lastFile()) {
      closeFile();
      file = finished.lastFile() + 1;
      offset = -1;
    } else if (open == null || ahead || file != finished.lastFile()) {
      closeFile();
      file = finished.lastFile();
      offset = finished.to();
    } else {
      // A compressed file is passed through anyway; the same cuts come out of it again.
      open.blocks().next();
      offset = finished.to();
    }
  }

  @Override
  public synchronized long bytesRead() {
    return closedBytes + (open == null ? 0 : open.stored().storedBytes());
  }

  @Override
  public synchronized void close() throws IOException {
    closeFile();
  }

  private int lastOfGroup() {
    long total = 0;
    int end = file;
    while (end < files.size()
        && files.get(end).bytes() <= morselBytes / SMALL
        && total + files.get(end).bytes() <= morselBytes) {
      total += files.get(end).bytes();
      end++;
    }
    return end - 1;
  }

  private void closeFile() throws IOException {
    if (open != null) {
      closedBytes += open.stored().storedBytes();
      open.blocks().close();
      open = null;
    }
  }
}
