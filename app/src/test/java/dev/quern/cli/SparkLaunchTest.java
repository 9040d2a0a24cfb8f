package dev.quern.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SparkLaunchTest {

  /** A process that waits for what a thread of it will never do, as Spark's driver may. */
  static final class Waiting {
    public static void main(String[] arguments) throws InterruptedException {
      SparkLaunch.endWithThreads(
          new Outside(
              InputStream.nullInputStream(),
              System.out,
              new PrintStream(System.err, true, StandardCharsets.UTF_8),
              Map.of(),
              Path.of(""),
              Path.of(""),
              Outside.Talk.PIPE,
              Locale.ENGLISH));
      Thread exception =
          new Thread(
              () -> {
                throw new IllegalStateException("canary");
              });
      exception.start();
      exception.join();
      System.err.println("goes on");
      new Thread(
              () -> {
                throw new OutOfMemoryError("unable to create native thread: canary");
              })
          .start();
      new CountDownLatch(1).await();
    }
  }

  @Test
  void aDriverWhoseThreadDiesOfAnErrorEndsAndTellsWhy() throws Exception {
    Process process = waiting("-D" + SparkLaunch.STARTED + "=file");
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ends").isTrue();
      assertThat(process.exitValue()).isEqualTo(3);
      assertThat(said(process))
          .contains("goes on", "threads must be available; found: the system gives no more")
          .doesNotContain("canary");
    } finally {
      process.destroyForcibly();
    }
  }

  private static Process waiting(String option) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            option,
            "-cp",
            System.getProperty("java.class.path"),
            Waiting.class.getName());
    return new ProcessBuilder(command).start();
  }

  private static String said(Process process) throws IOException {
    return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
