package dev.quern.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.quern.engine.DataException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class ConcurrentWritersTest {
  private Workspace workspace;

  @BeforeEach
  void open(@TempDir Path folder) {
    workspace = new Workspace(folder.resolve("workspace"));
  }

  /** Every version is there, each comes after another, and HEAD is the last. */
  private void assertLine(int versions) throws IOException {
    List<String> ids = workspace.datasets().versions("d");
    assertThat(ids).hasSize(versions);
    Optional<String> before = Optional.empty();
    Set<String> digests = new HashSet<>();
    for (int i = 0; i < versions; i++) {
      Manifest manifest = workspace.datasets().manifest("d", ids.get(i));
      assertThat(Versions.number(ids.get(i))).isEqualTo(i + 1);
      assertThat(manifest.previous()).isEqualTo(before);
      assertThat(digests.add(manifest.digest())).isTrue();
      before = Optional.of(ids.get(i));
    }
    assertThat(workspace.datasets().head("d")).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 8})
  void threadsLoseNoVersion(int writers) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(writers);
    try {
      List<Callable<Void>> work = new ArrayList<>();
      for (int w = 0; w < writers; w++) {
        String writer = "writer " + w;
        work.add(
            () -> {
              // A workspace of its own, as another part of a program would have.
              Workspace own = new Workspace(workspace.root());
              for (int i = 0; i < 6; i++) {
                Manifest manifest = TestVersions.version(own, "d", writer + " " + i, "r");
                own.datasets().publish(manifest, Manifest.Head.MOVES);
              }
              return null;
            });
      }
      for (Future<Void> done : pool.invokeAll(work)) {
        done.get();
      }
    } finally {
      pool.shutdownNow();
    }
    assertLine(writers * 6);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 8})
  void processesLoseNoVersion(int writers) throws Exception {
    List<Process> processes = new ArrayList<>();
    for (int w = 0; w < writers; w++) {
      processes.add(TestVersions.start(workspace.root(), "publish", "writer " + w, "6"));
    }
    for (Process process : processes) {
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(said).isZero();
    }
    assertLine(writers * 6);
  }

  @Test
  void aKilledWriterLeavesWholeVersionsAndNoLock() throws Exception {
    SplittableRandom random = new SplittableRandom(7);
    for (int kill = 0; kill < 4; kill++) {
      Process process = TestVersions.start(workspace.root(), "publish", "killed " + kill, "100000");
      TestVersions.await(process, "started");
      // Some versions first, however slow the machine is, then anywhere within the next.
      int versions = workspace.datasets().versions("d").size();
      while (process.isAlive() && workspace.datasets().versions("d").size() < versions + 3) {
        Thread.sleep(5);
      }
      TimeUnit.MICROSECONDS.sleep(random.nextInt(20_000));
      process.destroyForcibly().waitFor();
      List<String> ids = workspace.datasets().versions("d");
      for (String id : ids) {
        assertThat(workspace.datasets().manifest("d", id).samples()).isEqualTo(4);
      }
      Optional<String> head = workspace.datasets().head("d");
      // The writer dies before or after HEAD moves to its newest version.
      int behind = ids.size() - head.map(ids::indexOf).orElse(-1) - 1;
      assertThat(behind).isBetween(0, 1);
      Manifest next = TestVersions.version(workspace, "d", "after " + kill, "r");
      String version = workspace.datasets().publish(next, Manifest.Head.MOVES).version();
      assertThat(workspace.datasets().head("d")).contains(version);
    }
    assertThat(workspace.datasets().versions("d")).hasSizeGreaterThan(8);
  }

  @Test
  void aWriterThatDoesNotFinishIsNamed() throws Exception {
    Path folder = workspace.root().resolve("datasets/d");
    Process holder = TestVersions.start(workspace.root(), "hold");
    try {
      TestVersions.await(holder, "held");
      DataException busy =
          catchThrowableOfType(
              DataException.class,
              () -> WriteLock.take(folder, "dataset d", Duration.ofMillis(200)).close());
      assertThat(busy.code()).isEqualTo("head_busy");
      assertThat(busy)
          .hasMessage(
              "dataset d must have one writer at a time; found: process "
                  + holder.pid()
                  + " still writing after 0 s; run again when it has finished");
    } finally {
      holder.destroyForcibly().waitFor();
    }
    WriteLock.take(folder, "dataset d", Duration.ofSeconds(5)).close();
  }

  @Test
  void threadsOfOneProcessWaitForEachOther() throws Exception {
    Path folder = workspace.root().resolve("datasets/d");
    ExecutorService other = Executors.newSingleThreadExecutor();
    try (WriteLock lock = WriteLock.take(folder, "dataset d", Duration.ofSeconds(5))) {
      Future<DataException> refused =
          other.submit(
              () ->
                  catchThrowableOfType(
                      DataException.class,
                      () -> WriteLock.take(folder, "dataset d", Duration.ofMillis(50)).close()));
      assertThat(refused.get(20, TimeUnit.SECONDS))
          .hasMessageContaining("another thread of this process");
    } finally {
      other.shutdownNow();
    }
  }
}
