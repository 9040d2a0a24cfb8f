package dev.quern.export;

/** How text files are compressed. */
public enum Compression {
  /** Not at all, unless the file's name ends in {@code .zst}. */
  NONE,
  /** With Zstandard, level 3. */
  ZST
}
