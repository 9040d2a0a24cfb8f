package dev.quern.server;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;

/** The seam between what is served and how bytes travel; see docs/adr for the choice. */
public interface HttpTransport extends AutoCloseable {

  /** Starts to answer calls with {@code handler}, which is called from several threads. */
  void start(Handler handler);

  /** Returns the port that calls reach. */
  int port();

  /** Stops to take calls and closes every connection. */
  @Override
  void close();

  /** Answers calls; never throws. */
  interface Handler {
    /** Returns the answer to {@code call}. */
    Reply handle(Call call);
  }

  /** A request. */
  interface Call {
    /** Returns the method, for example {@code POST}. */
    String method();

    /** Returns the path as sent, without query. */
    String path();

    /** Returns the first header called {@code name} in any case. */
    Optional<String> header(String name);

    /** Returns the body, unbounded: the handler keeps the limit. */
    InputStream body() throws IOException;
  }

  /**
   * A response.
   *
   * @param status code of HTTP
   * @param type media type of the body
   * @param headers further headers
   * @param body of known length
   */
  record Reply(int status, String type, Map<String, String> headers, byte[] body) {
    /** Returns an answer of JSON. */
    static Reply json(int status, byte[] body) {
      return new Reply(status, "application/json", Map.of(), body);
    }
  }
}
