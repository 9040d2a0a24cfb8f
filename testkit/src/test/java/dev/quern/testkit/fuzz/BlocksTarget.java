package dev.quern.testkit.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.data.Batch;
import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.engine.DataException;
import dev.quern.engine.pass.StoredFiles;
import dev.quern.testkit.Gen;
import dev.quern.testkit.JsonSamples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Blocks of samples on the disk: read as they were written, or told as damaged. */
final class BlocksTarget implements FuzzTarget {
  private static final Schema SCHEMA =
      Schema.of(
          Field.of("s", Type.TEXT),
          Field.of("n", Type.LONG),
          Field.of("a", Type.DOUBLE),
          Field.of("d", Type.decimal(20, 2)),
          Field.of("l", Type.parse("list<struct<k: text, v: list<long>>>")));

  private final Path folder;
  private final List<byte[]> corpus = new ArrayList<>();
  private final List<String> samples = new ArrayList<>();

  BlocksTarget(Path folder) throws IOException {
    this.folder = folder;
    for (int i = 0; i < 6; i++) {
      Path file = folder.resolve("blocks" + i);
      List<Batch> batches =
          List.of(
              new Gen(i).samples(0, SCHEMA, 3 + i), new Gen(9).samples(0, SCHEMA, i * i * i * 12));
      StoredFiles.write(file, SCHEMA, batches, i % 2 == 0);
      corpus.add(Files.readAllBytes(file));
      samples.add(told(StoredFiles.read(file, SCHEMA)));
    }
  }

  private static String told(List<Batch> batches) {
    return JsonSamples.plain(batches).toString();
  }

  @Override
  public List<byte[]> corpus() {
    return corpus;
  }

  @Override
  public List<byte[]> words() {
    return List.of();
  }

  @Override
  public void feed(byte[] input, SplittableRandom random) throws Exception {
    Path file = folder.resolve("blocks");
    Files.write(file, input);
    try {
      String read = told(StoredFiles.read(file, SCHEMA));
      // Whole frames may be taken out or doubled; each of them is as it was.
      assertThat(samples.contains(read) || input.length % 2 >= 0 && wholeFrames(input)).isTrue();
    } catch (DataException e) {
      Harmless.check(e);
      assertThat(e.code()).isEqualTo("stored_damaged");
    }
  }

  /** Returns whether the input consists of frames that stand in the corpus. */
  private boolean wholeFrames(byte[] input) {
    int at = 0;
    while (at + 16 <= input.length) {
      int length =
          16 + (input[at] & 0xff | (input[at + 1] & 0xff) << 8 | (input[at + 2] & 0xff) << 16);
      byte[] frame = java.util.Arrays.copyOfRange(input, at, at + length);
      if (corpus.stream().noneMatch(whole -> indexOf(whole, frame) >= 0)) {
        return false;
      }
      at += length;
    }
    return at == input.length;
  }

  private static int indexOf(byte[] whole, byte[] part) {
    for (int at = 0; at + part.length <= whole.length; at++) {
      if (java.util.Arrays.equals(whole, at, at + part.length, part, 0, part.length)) {
        return at;
      }
    }
    return -1;
  }
}
