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
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
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
    PassResult clear;
    try (LocalEngine engine = engine(ClearFiles.CLEAR)) {
      clear = engine.execute(pass, Progress.NONE);
    }
    PassResult whole = execute(kept("whole"), new Heard(new ArrayList<>()));
    assertThat(whole.digest()).isNotEqualTo(clear.digest());
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
      assertThat(engine.execute(pass, Progress.NONE).digest()).isEqualTo(clear.digest());
    }
  }

  /** Notes what is told to be damaged. */
  private record Heard(List<Path> damaged) implements Progress {
    @Override
    public void advanced(long done, long total, long samples) {}

    @Override
    public void damaged(Path file) {
      damaged.add(file);
    }
  }

  private PassResult execute(Pass pass, Heard heard) throws IOException {
    try (LocalEngine engine = engine(encrypted())) {
      return engine.execute(pass, heard);
    }
  }

  private Pass kept(String folder) {
    Samples samples = LineData.read(0).map(LineTasks.task("stop"), LineTasks.SCHEMA);
    List<Pass.Fold> folds = List.of(new Pass.Fold(LineTasks.task("counts"), samples));
    return new Pass(samples, new Pass.Output.Blocks(), folds, dir.resolve(folder), Set.of());
  }

  private List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private static void flip(Path file, byte[] whole, int at) throws IOException {
    byte[] changed = whole.clone();
    changed[at] ^= (byte) (1 << at % 8);
    Files.write(file, changed);
  }

  @Test
  void aChangedByteOfAFinishedPassIsToldAndTheResultStays() throws IOException {
    LineData.write(dir.resolve("lines.csv"), 40, 5, 7);
    Pass pass = kept("finished");
    PassResult whole = execute(pass, new Heard(new ArrayList<>()));
    Set<String> kinds = new TreeSet<>();
    for (Path file : files(pass.folder())) {
      String name = String.valueOf(file.getFileName());
      boolean samples = name.endsWith(".blocks");
      byte[] bytes = Files.readAllBytes(file);
      kinds.add(name.replaceAll("^[^.]*", ""));
      for (int at = 0; at < bytes.length; at += at < 40 ? 2 : 29) {
        flip(file, bytes, at);
        if (samples) {
          // Not looked at before they are wanted; then they are refused, which the key's owner is
          // told with the name of the file.
          assertThatThrownBy(() -> encrypted().content(file))
              .as(name + " " + at)
              .isInstanceOf(DataException.class)
              .hasMessageStartingWith(file + ": file must be");
          continue;
        }
        Heard heard = new Heard(new ArrayList<>());
        PassResult anew = execute(pass, heard);
        assertThat(heard.damaged()).as(name + " " + at).containsExactly(file);
        assertThat(anew.digest()).isEqualTo(whole.digest());
        assertThat(anew.states().get(0)).isEqualTo(whole.states().get(0));
        assertThat(execute(pass, heard).cost().bytesRead()).isZero();
        assertThat(heard.damaged()).hasSize(1);
        bytes = Files.readAllBytes(file);
      }
      Files.write(file, bytes);
    }
    assertThat(kinds).contains(".json", ".state", ".blocks");
  }

  @Test
  void aJournalThatSomebodyChangedIsToldAndTheResultStays() throws IOException {
    Pass pass = kept("killed");
    Path journal = pass.folder().resolve("journal");
    PassResult whole = execute(kept("whole"), new Heard(new ArrayList<>()));
    tasks = new LineTasks(List.of(dir.resolve("lines.csv")));
    tasks.stopAt.set(30);
    assertThatThrownBy(() -> execute(pass, new Heard(new ArrayList<>())))
        .isInstanceOf(DataException.class);
    List<String> lines = Files.readAllLines(journal);
    assertThat(lines).hasSizeGreaterThan(20);
    for (String line : lines) {
      assertThat(line).contains("\"sealed\"").doesNotContain("digest").doesNotContain("steps");
    }
    List<Path> kept = files(pass.folder());
    Map<Path, byte[]> contents = new TreeMap<>();
    for (Path file : kept) {
      contents.put(file, Files.readAllBytes(file));
    }
    List<List<String>> changes = new ArrayList<>();
    changes.add(without(lines, 3)); // What a forger does, who knows how lines are summed.
    changes.add(swapped(lines, 4, 5));
    for (int i = 0; i < 12; i++) {
      List<String> changed = new ArrayList<>(lines);
      String line = changed.get(i * 2);
      int at = (i * 31) % line.length();
      changed.set(
          i * 2, line.substring(0, at) + (char) (line.charAt(at) ^ 1) + line.substring(at + 1));
      changes.add(changed);
    }
    for (List<String> changed : changes) {
      for (Path file : files(pass.folder())) {
        Files.delete(file);
      }
      for (Map.Entry<Path, byte[]> file : contents.entrySet()) {
        Files.write(file.getKey(), file.getValue());
      }
      Files.write(journal, changed);
      Heard heard = new Heard(new ArrayList<>());
      PassResult anew = execute(pass, heard);
      assertThat(heard.damaged()).containsExactly(journal);
      assertThat(anew.digest()).isEqualTo(whole.digest());
      assertThat(anew.states().get(0)).isEqualTo(whole.states().get(0));
    }
  }

  private static List<String> without(List<String> lines, int at) {
    List<String> changed = new ArrayList<>(lines);
    changed.remove(at);
    return changed;
  }

  private static List<String> swapped(List<String> lines, int one, int other) {
    List<String> changed = new ArrayList<>(lines);
    changed.set(one, lines.get(other));
    changed.set(other, lines.get(one));
    return changed;
  }
}
