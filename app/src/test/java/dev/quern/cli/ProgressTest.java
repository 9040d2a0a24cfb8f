package dev.quern.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.format.json.Json;
import dev.quern.run.RunListener;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final Terminal terminal = new Terminal(Path.of("/nowhere"));
  private long now;

  private RunListener teller(Progress.Kind kind) {
    Session session =
        new Session(terminal.outside(), new Root(), Messages.in(Locale.ENGLISH), List.of());
    return Progress.of(kind, session, () -> now);
  }

  private void work(RunListener listener) {
    listener.begins(1, 2, "quality.impute: fit");
    for (int second = 1; second <= 25; second++) {
      now += 1_000_000_000L;
      listener.advanced(second * 1_048_576L, 50 * 1_048_576L, "bytes", second, "");
    }
    listener.ends(RunListener.Outcome.DONE);
    listener.begins(2, 2, "write");
    listener.ends(RunListener.Outcome.CACHED);
  }

  @Test
  void linesComeEveryTenSecondsWithRateAndRest() {
    work(teller(Progress.Kind.plain));
    assertThat(terminal.err().lines())
        .containsExactly(
            "[1/2] quality.impute: fit  20 %  1.0 MiB/s  40.0 s left",
            "[1/2] quality.impute: fit  40 %  1.0 MiB/s  30.0 s left",
            "[1/2] quality.impute: fit  done in 25.0 s",
            "[2/2] write  as before");
  }

  @Test
  void aTerminalGetsABarThatIsDrawnAgain() {
    terminal.with(Outside.Talk.TERMINAL);
    work(teller(Progress.Kind.auto));
    assertThat(terminal.err())
        .contains("\r\u001b[K[1/2] quality.impute: fit  ████████████░░░░░░░░░░░░  50 %  1.0 MiB/s")
        .endsWith("[2/2] write  as before\n");
  }

  @Test
  void eventsAreOneJsonObjectPerLine() {
    work(teller(Progress.Kind.json));
    List<String> lines = terminal.err().lines().toList();
    assertThat(lines).hasSize(29);
    assertThat(Json.parseObject(lines.get(0)))
        .containsEntry("event", "begins")
        .containsEntry("what", "quality.impute: fit");
    assertThat(Json.parseObject(lines.get(1)))
        .containsEntry("event", "advanced")
        .containsEntry("done", 1_048_576L);
    assertThat(Json.parseObject(lines.get(28))).containsEntry("outcome", "cached");
  }

  @Test
  void noneSaysNothing() {
    work(teller(Progress.Kind.none));
    assertThat(terminal.err()).isEmpty();
  }
}
