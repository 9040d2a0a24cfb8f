package dev.quern.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class InterruptionTest {

  /** A process that waits to be interrupted. */
  static final class Waiting {
    public static void main(String[] arguments) throws Exception {
      try (Interruption watch = Interruption.watch(System.err, "resume with: quern run")) {
        System.out.println("ready");
        Thread.sleep(60_000);
      }
    }
  }

  @Test
  void ctrlCTellsHowToResumeAndEndsWith130() throws Exception {
    assumeTrue(!System.getProperty("os.name").startsWith("Windows"), "signals of POSIX");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classes = System.getProperty("java.class.path");
    List<String> command = new ArrayList<>(listening());
    command.addAll(
        List.of(java, "-XX:TieredStopAtLevel=1", "-cp", classes, Waiting.class.getName()));
    Process process = new ProcessBuilder(command).start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(out.readLine()).isEqualTo("ready");
      Process kill = new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start();
      assertThat(kill.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(said).contains("resume with: quern run");
      assertThat(process.exitValue()).isEqualTo(130);
    } finally {
      process.destroyForcibly();
    }
  }

  /** A shell starts what runs in its background deaf to Ctrl-C, and the deafness is inherited. */
  private static List<String> listening() throws Exception {
    List<String> env = List.of("env", "--default-signal=INT");
    List<String> trial = new ArrayList<>(env);
    trial.add("true");
    return new ProcessBuilder(trial).start().waitFor() == 0 ? env : List.of();
  }

  @Test
  void aRunThatEndsByItselfSaysNothing() {
    try (Interruption watch = Interruption.watch(System.err, "never said")) {
      assertThat(watch).isNotNull();
    }
  }
}
