package dev.quern.engine.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.engine.ClearFiles;
import dev.quern.engine.DataException;
import dev.quern.engine.Pass;
import dev.quern.engine.PassResult;
import dev.quern.engine.Progress;
import dev.quern.engine.RunContext;
import dev.quern.engine.SampleFiles;
import dev.quern.engine.Samples;
import dev.quern.engine.SortKey;
import dev.quern.engine.local.LocalEngine;
import dev.quern.engine.local.LocalOptions;
import dev.quern.key.EncryptedFiles;
import dev.quern.key.Keyset;
import dev.quern.key.Purpose;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncryptedPassTest {
  /** Stands in the body of many lines. */
  private static final String BODY = "b".repeat(20);

  private static final int MORSELS = 40;

  @TempDir Path dir;
  private LineTasks tasks;
  private long morsel;

  @BeforeEach
  void writeLines() throws IOException {
    Path file = dir.resolve("lines.csv");
    LineData.write(file, 20_000, 300, 7);
    morsel = Files.size(file) / MORSELS + 1;
    tasks = new LineTasks(List.of(file));
  }

  private SampleFiles encrypted() {
    byte[] secret = "a secret of many bytes, not drawn".getBytes(StandardCharsets.UTF_8);
    Keyset keyset = Keyset.derived("env:SECRET", Purpose.AEAD, secret);
    return EncryptedFiles.reading(dir, reference -> keyset).writing(keyset).only();
  }

  private LocalEngine engine(SampleFiles files) {
    return new LocalEngine(
        new LocalOptions(2, 1 << 20, OptionalLong.of(morsel)),
        tasks,
        new RunContext(42),
        stored -> {
          throw new IllegalStateException("no Parquet here");
        },
        files);
  }

  /** What was handed over, and the kinds of files that held bodies in clear meanwhile. */
  private record Handed(List<String> texts, Set<String> clear, Set<String> all) {}

  private Handed handed(Samples samples, SampleFiles files) throws IOException {
    Handed handed = new Handed(new ArrayList<>(), new TreeSet<>(), new TreeSet<>());
    Path folder = dir.resolve("pass");
    Pass.BatchReceiver receiver =
        batch -> {
          if (handed.all().isEmpty()) {
            look(folder, handed);
          }
          for (int i = 0; i < batch.count(); i++) {
            handed.texts().add(LineData.text(batch, batch.row(i)));
          }
        };
    try (LocalEngine engine = engine(files)) {
      engine.execute(
          new Pass(samples, new Pass.Output.Handed(receiver), List.of(), folder, Set.of()),
          Progress.NONE);
    }
    return handed;
  }

  private static void look(Path folder, Handed handed) {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = String.valueOf(file.getFileName());
        String kind = name.substring(name.lastIndexOf('.') + 1);
        handed.all().add(kind);
        try {
          if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(BODY)) {
            handed.clear().add(kind);
          }
        } catch (NoSuchFileException e) {
          continue; // Merged by another worker meanwhile.
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void samplesMeetAsInClearAndNoSpilledOneIsInClear() throws IOException {
    Samples read = LineData.read(0);
    List<SortKey> keys = List.of(new SortKey("key", SortKey.Direction.ASCENDING));
    for (Samples samples :
        List.of(
            read.group(List.of(), LineTasks.task("keep_first"), LineTasks.SCHEMA),
            read.sort(keys),
            read.connect(LineTasks.task("link"), "component"))) {
      Handed clear = handed(samples, ClearFiles.CLEAR);
      Handed encrypted = handed(samples, encrypted());

      assertThat(encrypted.texts()).isEqualTo(clear.texts()).isNotEmpty();
      assertThat(clear.clear()).containsAnyOf("shuffle", "links");
      assertThat(encrypted.all()).containsAnyOf("shuffle", "links");
      assertThat(encrypted.clear()).isEmpty();
    }
  }

  @Test
  void aPassThatFailedContinuesAndItsStatesAreInNoJournal() throws IOException {
    Samples samples = LineData.read(0).map(LineTasks.task("stop"), LineTasks.SCHEMA);
    Pass pass =
        new Pass(
            samples,
            new Pass.Output.Blocks(),
            List.of(new Pass.Fold(LineTasks.task("counts"), samples)),
            dir.resolve("kept"),
            Set.of());
    PassResult whole;
    try (LocalEngine engine = engine(ClearFiles.CLEAR)) {
      whole = engine.execute(pass, Progress.NONE);
    }
    tasks = new LineTasks(List.of(dir.resolve("lines.csv")));
    tasks.stopAt.set(36);
    try (LocalEngine engine = engine(encrypted())) {
      assertThatThrownBy(() -> engine.execute(pass, Progress.NONE))
          .isInstanceOf(DataException.class);
      assertThat(dir.resolve("kept/journal")).content().doesNotContain("base64");
      long before = tasks.morselsRead.get();
      PassResult resumed = engine.execute(pass, Progress.NONE);
      assertThat(tasks.morselsRead.get() - before).isLessThanOrEqualTo(MORSELS - 34);
      assertThat(resumed.digest()).isEqualTo(whole.digest());
      assertThat(resumed.states().get(0)).isEqualTo(whole.states().get(0));
      assertThat(engine.execute(pass, Progress.NONE).cost().bytesRead()).isZero();
    }
    // Nobody without the key takes it up: the pass is another one, and begins anew.
    try (LocalEngine engine = engine(ClearFiles.CLEAR)) {
      assertThat(engine.execute(pass, Progress.NONE).digest()).isEqualTo(whole.digest());
    }
  }
}
