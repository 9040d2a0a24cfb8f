package dev.quern.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.engine.DataException;
import dev.quern.format.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLogTest {
  private static final String CANARY = "Kanarienvogel";

  @TempDir private Path folder;

  private List<Map<String, @Nullable Object>> lines() throws IOException {
    List<Map<String, @Nullable Object>> lines = new ArrayList<>();
    String text = Files.readString(folder.resolve(RunLog.NAME), StandardCharsets.UTF_8);
    assertThat(text.isEmpty() || text.endsWith("\n")).isTrue();
    text.lines().forEach(line -> lines.add(Json.parseObject(line)));
    return lines;
  }

  @Test
  void aLineTellsTimeLevelRunAndEvent() throws Exception {
    try (RunLog log = RunLog.open(folder, "r1", LogLevel.INFO)) {
      log.add(LogLevel.INFO, "began", Map.of("note", "two\nlines"));
    }
    Map<String, @Nullable Object> line = lines().get(0);
    assertThat(line.keySet()).containsExactly("time", "level", "run", "event", "note");
    assertThat(String.valueOf(line.get("time")))
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{3})?Z");
    assertThat(line)
        .containsEntry("level", "info")
        .containsEntry("run", "r1")
        .containsEntry("note", "two\nlines");
  }

  @Test
  void eventsBelowTheLevelAreLeftOut() throws Exception {
    for (LogLevel least : LogLevel.values()) {
      Files.deleteIfExists(folder.resolve(RunLog.NAME));
      try (RunLog log = RunLog.open(folder, "r1", least)) {
        for (LogLevel level : LogLevel.values()) {
          log.add(level, "e", Map.of());
        }
      }
      assertThat(lines()).hasSize(LogLevel.values().length - least.ordinal());
    }
  }

  @Test
  void linesOfSeveralThreadsDoNotMix() throws Exception {
    try (RunLog log = RunLog.open(folder, "r1", LogLevel.DEBUG)) {
      List<Thread> threads = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        int number = t;
        Thread thread =
            new Thread(
                () -> {
                  for (int i = 0; i < 250; i++) {
                    log.add(LogLevel.DEBUG, "e", Map.of("thread", number, "i", i));
                  }
                });
        threads.add(thread);
        thread.start();
      }
      for (Thread thread : threads) {
        thread.join();
      }
    }
    assertThat(lines()).hasSize(1000);
  }

  @Test
  void messagesOfOthersAreNotTold() throws Exception {
    Throwable failure =
        new DataException(
            "operator_failed",
            "step: operator must work; found: another",
            new IllegalStateException(CANARY, new UncheckedIOException(new IOException(CANARY))));
    for (LogLevel level : List.of(LogLevel.INFO, LogLevel.DEBUG)) {
      Files.deleteIfExists(folder.resolve(RunLog.NAME));
      try (RunEvents events = new RunEvents(folder, "r1", level)) {
        events.failed(failure);
      }
      String text = Files.readString(folder.resolve(RunLog.NAME), StandardCharsets.UTF_8);
      assertThat(text)
          .doesNotContain(CANARY)
          .contains("operator must work", "operator_failed")
          .contains("java.lang.IllegalStateException", "java.io.IOException");
      assertThat(text.contains("\"frames\"")).isEqualTo(level == LogLevel.DEBUG);
      assertThat(Json.list(lines().get(0).get("causes"))).hasSize(4);
    }
  }

  @Test
  void theFileSystemsWordsOfAFileAreTold() {
    FileSystemException failure = new FileSystemException("/data/a", null, "Read-only file system");
    assertThat(Json.object(Causes.of(failure).get(0)))
        .containsEntry("message", "/data/a: Read-only file system");
  }

  @Test
  void aChainThatNeverEndsIsCut() {
    Throwable first = new IllegalStateException("a");
    Throwable second = new IllegalStateException("b", first);
    first.initCause(second);
    assertThat(Causes.of(first)).hasSize(16);
  }
}
