package dev.quern.cli;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.engine.DataException;
import dev.quern.server.ServerOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class ServeCommandTest {
  @Test
  void aPortThatIsTakenIsNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      int port = taken.getLocalPort();
      assertThatThrownBy(
              () ->
                  ServeCommand.bind(
                      new InetSocketAddress("127.0.0.1", port), ServerOptions.standard("1")))
          .isInstanceOf(DataException.class)
          .hasMessageStartingWith(
              "127.0.0.1:" + port + ": address must be a free one of this machine; found: ")
          .hasMessageEndingWith("; fix: another --port (0 for a free one) or --host");
    }
  }
}
