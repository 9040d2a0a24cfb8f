package dev.quern.engine;

import java.io.IOException;

/** The code of a read, safe for several threads. */
public interface Reading {

  /** Returns the size in bytes of all files as stored, for progress and for cutting. */
  long bytes();

  /**
   * Returns the name of file {@code number} within the source, for places: never an absolute path.
   */
  String file(int number);

  /**
   * Returns the cutter of this read.
   *
   * @param morselBytes wanted size of a morsel in decoded bytes
   */
  MorselCutter cutter(long morselBytes) throws IOException;

  /**
   * Returns a cutter whose morsels are places alone, without bytes: for workers elsewhere. It reads
   * as little as the format allows; what cannot be entered in the middle is one morsel. The samples
   * are those of {@link #cutter}.
   *
   * @param morselBytes wanted size of a morsel in decoded bytes
   */
  default MorselCutter places(long morselBytes) throws IOException {
    return new BareCutter(cutter(morselBytes));
  }

  /**
   * Reads the samples of {@code morsel} into batches, in rank order, and sets aside what is none.
   *
   * @return what was read
   */
  Read read(Morsel morsel, Outcome out) throws IOException;

  /**
   * What reading a morsel took.
   *
   * @param bytes read from the source files, as stored; 0 where the morsel had a payload
   * @param lines line ends passed in the last file, to number the lines of later morsels
   * @param samples samples found: kept and quarantined together
   */
  record Read(long bytes, long lines, long samples) {}
}
