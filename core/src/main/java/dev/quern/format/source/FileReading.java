package dev.quern.format.source;

import dev.quern.engine.BareCutter;
import dev.quern.engine.InputFile;
import dev.quern.engine.Morsel;
import dev.quern.engine.MorselCutter;
import dev.quern.engine.Outcome;
import dev.quern.engine.Reading;
import dev.quern.engine.Source;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Reads text files of records: lines, CSV, JSON. */
public final class FileReading<L> implements Reading {
  /** Blocks in which a morsel without payload is read. */
  private static final int BLOCK = 1 << 20;

  private final Source source;
  private final List<InputFile> files;
  private final RecordFormat<L> format;
  private final AtomicReferenceArray<FileLayout<L>> layouts;

  /** Where files end, for those whose end cutting has come to and has to tell; else -1. */
  private final AtomicLongArray ends;

  /** Makes a reading of {@code files}. */
  public FileReading(Source source, List<InputFile> files, RecordFormat<L> format) {
    this.source = source;
    this.files = List.copyOf(files);
    this.format = format;
    this.layouts = new AtomicReferenceArray<>(files.size());
    this.ends = new AtomicLongArray(files.size());
    for (int i = 0; i < files.size(); i++) {
      ends.set(i, -1);
    }
  }

  /**
   * What is told from the beginning of a file.
   *
   * @param head without its bytes
   */
  private record FileLayout<L>(L layout, Head head, Boundaries boundaries) {}

  @Override
  public long bytes() {
    return files.stream().mapToLong(InputFile::bytes).sum();
  }

  @Override
  public String file(int number) {
    return files.get(number).name();
  }

  @Override
  public MorselCutter cutter(long morselBytes) {
    return new FileCutter(source.number(), files, morselBytes, new Opening());
  }

  @Override
  public MorselCutter places(long morselBytes) {
    FileCutter cutter = new FileCutter(source.number(), files, morselBytes, new Seeking());
    return new BareCutter(cutter);
  }

  @Override
  public Read read(Morsel morsel, Outcome out) throws IOException {
    SampleKeys keys = new SampleKeys(source);
    RecordFormat.Parser<L> parser = format.parser(keys, out);
    long stored = 0;
    for (int number = morsel.firstFile(); number <= morsel.lastFile(); number++) {
      FileLayout<L> layout = layout(number);
      keys.begin(files.get(number), number);
      boolean whole = morsel.firstFile() < morsel.lastFile();
      long from = whole ? layout.head().start() : morsel.from();
      parser.begin(number, layout.layout(), layout.head().start(), from);
      if (morsel.payload() != null) {
        if (morsel.payload().length < morsel.to() - from) {
          parser.tooLong(morsel.payload(), from, 1);
        } else {
          parser.block(morsel.payload(), from);
        }
        if (ends.get(number) == morsel.to()) {
          parser.fileEnded(morsel.to());
        }
      } else {
        stored += readBlocks(number, layout, from, whole ? Long.MAX_VALUE : morsel.to(), parser);
      }
    }
    parser.end();
    return new Read(stored, parser.lines(), parser.samples());
  }

  private long readBlocks(
      int number, FileLayout<L> layout, long from, long to, RecordFormat.Parser<L> parser)
      throws IOException {
    TextFile.Opened opened = TextFile.open(files.get(number), layout.head().encoding(), from);
    try (RecordBlocks blocks =
        new RecordBlocks(
            opened.text(), layout.boundaries(), from, to, BLOCK, format.limit(layout.layout()))) {
      for (RecordBlocks.Block block = blocks.next(); block != null; block = blocks.next()) {
        if (block.isTooLong()) {
          parser.tooLong(block.bytes(), block.offset(), block.lines());
        } else {
          parser.block(block.bytes(), block.offset());
        }
        if (layout.boundaries().tellsEnd() && blocks.endsHere()) {
          parser.fileEnded(block.end());
        }
      }
      return opened.stored().storedBytes();
    }
  }

  private class Opening implements FileCutter.Opening {
    /** Opens file {@code number} at {@code offset}, or at its first record if below 0. */
    @Override
    public FileCutter.OpenFile open(int number, long offset, long target) throws IOException {
      FileLayout<L> layout = layout(number);
      long from = offset < 0 ? layout.head().start() : offset;
      TextFile.Opened opened = TextFile.open(files.get(number), layout.head().encoding(), from);
      RecordBlocks blocks =
          new RecordBlocks(
              opened.text(),
              layout.boundaries(),
              from,
              Long.MAX_VALUE,
              target,
              format.limit(layout.layout()));
      return new FileCutter.OpenFile(opened.stored(), blocks, layout.boundaries().tellsEnd());
    }

    @Override
    public void ended(int number, long offset) {
      ends.set(number, offset);
    }
  }

  /** Finds places by looking for the next line end where that is enough. */
  private final class Seeking extends Opening {
    @Override
    public FileCutter.@Nullable Place place(int number, long offset, long target)
        throws IOException {
      FileLayout<L> layout = layout(number);
      long from = offset < 0 ? layout.head().start() : offset;
      InputFile file = files.get(number);
      try (StoredStream stored = StoredStream.open(file)) {
        boolean entered = stored.isPlain() && layout.head().encoding() == TextEncoding.UTF_8;
        if (!entered) {
          // What cannot be entered in the middle would be read from its start for each piece.
          return new FileCutter.Place(from, Long.MAX_VALUE);
        }
        if (!layout.boundaries().isEveryLineEnd()) {
          return null;
        }
        if (from + target >= file.bytes()) {
          return new FileCutter.Place(from, Math.max(from, file.bytes()));
        }
        stored.skipTo(from + target - 1);
        return new FileCutter.Place(from, behindLine(stored, from + target - 1));
      }
    }

    /**
     * Returns the offset behind the next line feed of {@code stored}, which stands at {@code at}.
     */
    private long behindLine(StoredStream stored, long at) throws IOException {
      byte[] block = new byte[1 << 14];
      long end = at;
      for (int got = stored.read(block, 0, block.length);
          got > 0;
          got = stored.read(block, 0, block.length)) {
        for (int i = 0; i < got; i++) {
          if (block[i] == '\n') {
            return end + i + 1;
          }
        }
        end += got;
      }
      return end;
    }
  }

  private FileLayout<L> layout(int number) throws IOException {
    FileLayout<L> known = layouts.get(number);
    if (known == null) {
      InputFile file = files.get(number);
      Head head = TextFile.head(file, Head.LAYOUT, format.encoding());
      L layout = format.layout(file, head);
      Boundaries boundaries = format.boundaries(layout, head);
      known = new FileLayout<>(layout, head.first(0), boundaries);
      layouts.set(number, known);
    }
    return known;
  }
}
