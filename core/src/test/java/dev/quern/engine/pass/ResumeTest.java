package dev.quern.engine.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.engine.DataException;
import dev.quern.engine.Pass;
import dev.quern.engine.PassResult;
import dev.quern.engine.Progress;
import dev.quern.engine.RunContext;
import dev.quern.engine.Samples;
import dev.quern.engine.Shard;
import dev.quern.engine.local.LocalEngine;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResumeTest {
  private static final int MORSELS = 40;

  @TempDir Path dir;
  private LineTasks tasks;
  private long bytes;
  private long morsel;

  @BeforeEach
  void writeLines() throws IOException {
    Path file = dir.resolve("lines.csv");
    LineData.write(file, 20_000, 300, 7);
    bytes = Files.size(file);
    morsel = bytes / MORSELS + 1;
    tasks = new LineTasks(List.of(file));
  }

  private static Samples stopping() {
    return LineData.read(0).map(LineTasks.task("stop"), LineTasks.SCHEMA);
  }

  private Pass written(Samples samples, String folder) {
    return new Pass(
        samples,
        new Pass.Output.Written(LineTasks.task("write"), dir.resolve("shards")),
        List.of(new Pass.Fold(LineTasks.task("counts"), samples)),
        dir.resolve(folder),
        Set.of());
  }

  private PassResult run(int threads, Pass pass) throws IOException {
    return LineData.execute(tasks, threads, morsel, pass);
  }

  private static void same(PassResult one, PassResult other) {
    assertThat(one.digest()).isEqualTo(other.digest());
    assertThat(one.states().get(0)).isEqualTo(other.states().get(0));
    assertThat(one.splits()).isEqualTo(other.splits());
    assertThat(one.steps().keySet()).isEqualTo(other.steps().keySet());
    one.steps()
        .forEach(
            (step, counts) -> assertThat(counts.kept()).isEqualTo(other.steps().get(step).kept()));
    assertThat(one.stored().shards().stream().map(Shard::sha256).toList())
        .isEqualTo(other.stored().shards().stream().map(Shard::sha256).toList());
  }

  @Test
  void finishedMorselsAreNotReadAgainAfterAFailure() throws IOException {
    PassResult whole = run(2, written(stopping(), "whole"));
    for (int threads : new int[] {1, 2}) {
      tasks = new LineTasks(List.of(dir.resolve("lines.csv")));
      Pass pass = written(stopping(), "stopped" + threads);
      tasks.stopAt.set(36);
      assertThatThrownBy(() -> run(threads, pass))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("01.stop: operator must process or set aside every sample")
          .hasMessageNotContaining("planted");
      long before = tasks.morselsRead.get();
      PassResult resumed = run(threads, pass);
      assertThat(before).isBetween(35L, 37L);
      assertThat(tasks.morselsRead.get() - before).isLessThanOrEqualTo(MORSELS - 34);
      assertThat(resumed.cost().sourceBytesRead()).isLessThan(bytes * 15 / 100);
      same(resumed, whole);
    }
  }

  @Test
  void aFinishedPassIsAnsweredWithoutWork() throws IOException {
    Pass pass = written(stopping(), "pass");
    PassResult first = run(2, pass);
    long read = tasks.morselsRead.get();
    PassResult second = run(2, pass);
    assertThat(tasks.morselsRead.get()).isEqualTo(read);
    assertThat(second.cost().bytesRead()).isZero();
    assertThat(second.steps()).isEqualTo(first.steps());
    assertThat(second.stored()).isEqualTo(first.stored());
    same(second, first);
  }

  @Test
  void aFinishedPassWhoseShardIsGoneIsDoneAgain() throws IOException {
    Pass pass = written(stopping(), "pass");
    PassResult first = run(2, pass);
    Files.delete(Path.of(first.stored().shards().get(0).path()));
    same(run(2, pass), first);
    assertThat(Path.of(first.stored().shards().get(0).path())).exists();
  }

  @Test
  void aDamagedResultIsMadeAgain() throws IOException {
    Pass pass = written(LineData.read(0), "damaged");
    PassResult whole = run(2, pass);
    Path result = dir.resolve("damaged/result.json");
    String json = Files.readString(result);
    byte[] state = Files.readAllBytes(dir.resolve("damaged/fold0.state"));
    byte[] otherState = state.clone();
    otherState[state.length / 2] ^= 1;
    String digest = "\"digest\":\"" + whole.digest();
    char first = whole.digest().charAt(0);
    for (String damage :
        List.of(
            json.replace(digest, digest.replaceFirst(first + "", first == '0' ? "1" : "0")),
            json.substring(0, json.length() - 9),
            json.replace("\"splits\":[", "\"splits\":[1,"),
            "\u00ff",
            json)) {
      assertThat(Files.exists(result)).isTrue();
      Files.writeString(result, damage, java.nio.charset.StandardCharsets.ISO_8859_1);
      Files.write(dir.resolve("damaged/fold0.state"), damage.equals(json) ? otherState : state);
      long before = tasks.morselsRead.get();
      same(run(1, pass), whole);
      assertThat(tasks.morselsRead.get()).as(damage).isGreaterThan(before);
    }
  }

  @Test
  void aLineOfTheJournalThatIsNoneOfOursIsForgotten() throws IOException {
    PassResult whole = run(2, written(stopping(), "whole"));
    Pass pass = written(stopping(), "other");
    tasks.stopAt.set(tasks.morselsRead.intValue() + 20);
    assertThatThrownBy(() -> run(1, pass)).isInstanceOf(DataException.class);
    for (String line :
        List.of(
            "{\"task\":[0]}", "{\"task\":[0,0,39],\"read\":[]}", "[]", "{\"stage\":null}", "x")) {
      byte[] bytes = line.getBytes(java.nio.charset.StandardCharsets.UTF_8);
      Files.writeString(
          dir.resolve("other/journal"),
          Journal.checksum(bytes) + " " + line + "\n",
          StandardOpenOption.APPEND);
    }
    same(run(2, pass), whole);
  }

  @Test
  void anotherPassInTheSameFolderStartsAnew() throws IOException {
    Pass pass = written(stopping(), "pass");
    tasks.stopAt.set(20);
    assertThatThrownBy(() -> run(2, pass))
        .hasMessageContaining("01.stop: operator must process or set aside every sample")
        .hasMessageNotContaining("planted");
    long before = tasks.morselsRead.get();
    run(2, written(LineData.read(0), "pass"));
    assertThat(tasks.morselsRead.get() - before).isBetween(MORSELS - 1L, MORSELS + 1L);
  }

  @Test
  void aTornJournalLosesNoMoreThanItsDamagedEnd() throws IOException {
    PassResult whole = run(1, written(stopping(), "whole"));
    tasks = new LineTasks(List.of(dir.resolve("lines.csv")));
    Pass pass = written(stopping(), "torn");
    tasks.stopAt.set(30);
    assertThatThrownBy(() -> run(1, pass))
        .hasMessageContaining("01.stop: operator must process or set aside every sample")
        .hasMessageNotContaining("planted");
    Path journal = dir.resolve("torn").resolve("journal");
    List<String> lines = Files.readAllLines(journal);
    assertThat(lines.size()).isEqualTo(30);
    // The last line torn, another one damaged in the middle: it and what follows it is forgotten.
    lines.set(25, lines.get(25).replace("task", "tusk"));
    String text = String.join("\n", lines);
    Files.writeString(journal, text.substring(0, text.length() - 20));
    long before = tasks.morselsRead.get();
    same(run(1, pass), whole);
    assertThat(tasks.morselsRead.get() - before).isBetween(MORSELS - 25L, MORSELS - 23L);
  }

  @Test
  void aFileThatIsGoneIsMadeAgain() throws IOException {
    PassResult whole = run(1, written(stopping(), "whole"));
    tasks = new LineTasks(List.of(dir.resolve("lines.csv")));
    Pass pass = written(stopping(), "gone");
    tasks.stopAt.set(30);
    assertThatThrownBy(() -> run(1, pass))
        .hasMessageContaining("01.stop: operator must process or set aside every sample")
        .hasMessageNotContaining("planted");
    Files.delete(dir.resolve("gone").resolve("s0-f0-3.blocks"));
    Files.writeString(
        dir.resolve("gone").resolve("s0-f0-4.blocks"), "x", StandardOpenOption.APPEND);
    same(run(1, pass), whole);
  }

  @Test
  void theFirstErrorInTheOrderOfTheInputIsTheOneTold() throws IOException {
    for (int threads : new int[] {1, 2, 7}) {
      tasks = new LineTasks(List.of(dir.resolve("lines.csv")));
      Samples lossy = LineData.read(0).map(LineTasks.task("lossy"), LineTasks.SCHEMA);
      int t = threads;
      assertThatThrownBy(() -> run(t, Pass.fold(lossy, List.of(), dir.resolve("lossy" + t))))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("found: " + firstMorselLines() + " + 0 and 0");
    }
  }

  private long firstMorselLines() throws IOException {
    Samples.Read read = (Samples.Read) LineData.read(0);
    var cutter =
        tasks
            .reading(read.reader(), read.source(), List.of(), read.schema(), new RunContext(42))
            .cutter(morsel);
    int end = (int) cutter.next().to();
    return Files.readString(dir.resolve("lines.csv")).substring(0, end).lines().count();
  }

  @Test
  void anInterruptLeavesAFolderThatContinues() throws Exception {
    Samples shuffled =
        stopping().group(List.of(), LineTasks.task("keep_first"), LineTasks.SCHEMA).sort(List.of());
    PassResult whole = run(2, written(shuffled, "whole"));
    Pass pass = written(shuffled, "interrupted");
    List<Throwable> thrown = new ArrayList<>();
    Thread[] self = new Thread[1];
    self[0] =
        new Thread(
            () -> {
              try (LocalEngine engine = LineData.engine(tasks, 2, morsel, 1 << 20)) {
                engine.execute(
                    pass,
                    (done, total, samples) -> {
                      if (done > total / 2) {
                        self[0].interrupt();
                      }
                    });
              } catch (IOException e) {
                thrown.add(e);
              }
            });
    self[0].start();
    self[0].join();
    assertThat(thrown).hasSize(1);
    assertThat(thrown.get(0)).hasMessage("pass was interrupted; run again to continue");
    PassResult resumed = run(2, pass);
    assertThat(resumed.cost().sourceBytesRead()).isLessThan(bytes * 60 / 100);
    same(resumed, whole);
  }

  @Test
  void aKilledProcessIsContinuedByTheNext() throws Exception {
    Samples shuffled =
        LineData.read(0)
            .group(List.of(), LineTasks.task("keep_first"), LineTasks.SCHEMA)
            .sort(List.of());
    PassResult whole = run(2, written(shuffled, "whole"));
    for (int killAt : new int[] {5, 36, 60}) {
      Path folder = dir.resolve("killed" + killAt);
      killAfter(killAt, folder);
      long before = tasks.morselsRead.get();
      PassResult resumed = run(2, written(shuffled, "killed" + killAt));
      long again = tasks.morselsRead.get() - before;
      assertThat(again).isLessThanOrEqualTo(Math.max(0, MORSELS - killAt + 3));
      same(resumed, whole);
    }
  }

  /** Runs the pass in a process of its own and kills it once {@code lines} tasks are journaled. */
  private void killAfter(int lines, Path folder) throws Exception {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                dir.toString(),
                folder.toString(),
                Long.toString(morsel))
            .redirectErrorStream(true)
            .redirectOutput(new File(dir.toFile(), "child.log"))
            .start();
    try {
      Path journal = folder.resolve("journal");
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (!Files.exists(journal) || count(journal) < lines + 1) {
        assertThat(child.isAlive()).as(Files.readString(dir.resolve("child.log"))).isTrue();
        assertThat(System.nanoTime()).isLessThan(deadline);
        Thread.sleep(1);
      }
    } finally {
      child.destroyForcibly().waitFor();
    }
  }

  private static long count(Path journal) throws IOException {
    try (var lines = Files.lines(journal)) {
      return lines.count();
    }
  }

  /** The process that is killed: slow enough to be caught. */
  static final class Child {
    private Child() {}

    public static void main(String[] args) throws IOException {
      Path dir = Path.of(args[0]);
      LineTasks tasks = new LineTasks(List.of(dir.resolve("lines.csv")));
      Samples shuffled =
          LineData.read(0)
              .group(List.of(), LineTasks.task("keep_first"), LineTasks.SCHEMA)
              .sort(List.of());
      Pass pass =
          new Pass(
              shuffled,
              new Pass.Output.Written(LineTasks.task("write"), dir.resolve("shards")),
              List.of(new Pass.Fold(LineTasks.task("counts"), shuffled)),
              Path.of(args[1]),
              Set.of());
      Progress slow =
          (done, total, samples) -> {
            try {
              Thread.sleep(30);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          };
      try (LocalEngine engine = LineData.engine(tasks, 2, Long.parseLong(args[2]), 64 << 20)) {
        engine.execute(pass, slow);
      }
    }
  }
}
