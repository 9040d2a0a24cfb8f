package dev.quern.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.engine.DataException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class FailuresTest {
  private final Terminal terminal = new Terminal(Path.of("/nowhere"));

  private int tell(Throwable e, boolean debug) {
    return new Failures(terminal.outside(), Messages.in(Locale.ENGLISH), debug).tell(e);
  }

  @Test
  void aBugIsToldByAnIdThatStaysAndWithoutItsMessage() {
    Throwable bug = bug("canary-1");
    assertThat(tell(bug, false)).isEqualTo(70);
    String first = terminal.err();
    assertThat(first)
        .matches("(?s)bug [0-9a-f]{8}: IllegalStateException \\(dev\\.quern\\.cli\\..*--debug.*");
    assertThat(first).doesNotContain("canary");
    tell(bug("canary-2"), false);
    assertThat(terminal.err()).isEqualTo(first);
  }

  @Test
  void debugShowsFramesButNoMessageOfOthers() {
    assertThat(tell(new IllegalArgumentException(bug("canary-3")), true)).isEqualTo(70);
    assertThat(terminal.err())
        .contains("    at dev.quern.cli.FailuresTest")
        .doesNotContain("canary");
  }

  @Test
  void dataErrorsAreOneLineAndEndWith3() {
    assertThat(tell(new DataException("x", "a.csv @ 7  must be; found: other"), false))
        .isEqualTo(3);
    assertThat(terminal.err()).isEqualTo("a.csv @ 7  must be; found: other\n");
    assertThat(tell(new UncheckedIOException(new NoSuchFileException("b.csv")), false))
        .isEqualTo(3);
    assertThat(terminal.err()).isEqualTo("b.csv: file must exist; found: none\n");
    assertThat(tell(new IOException("disk full"), false)).isEqualTo(3);
  }

  @Test
  void aMissingSecretIsRefusedWith4() {
    ProcessSecrets secrets = new ProcessSecrets(terminal.outside(), java.util.List.of());
    Throwable e = org.assertj.core.api.Assertions.catchThrowable(() -> secrets.secret("env:KEY"));
    assertThat(tell(e, false)).isEqualTo(4);
    assertThat(terminal.err())
        .isEqualTo("quern: secret env:KEY must be set; found: no such variable; fix: export KEY\n");
  }

  @Test
  void lackOfMemoryNamesTheOption() {
    assertThat(tell(new OutOfMemoryError("Java heap space"), false)).isEqualTo(3);
    long heap = Runtime.getRuntime().maxMemory() >> 20;
    assertThat(terminal.err())
        .startsWith("memory must suffice; found: heap of " + heap + " MiB full; fix: QUERN_OPTS=");
    String advised = terminal.err().replaceAll("(?s).*-Xmx(\\d+)g,.*", "$1");
    assertThat(Long.parseLong(advised) << 10).isGreaterThan(heap);
  }

  @Test
  void lackOfThreadsNamesTheLimit() {
    assertThat(tell(new OutOfMemoryError("unable to create native thread: possibly"), false))
        .isEqualTo(3);
    assertThat(terminal.err()).contains("ulimit -u").doesNotContain("heap");
  }

  private static IllegalStateException bug(String text) {
    return new IllegalStateException(text);
  }
}
