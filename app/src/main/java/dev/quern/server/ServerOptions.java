package dev.quern.server;

import java.time.Duration;

/**
 * The limits of a server.
 *
 * @param version of the program, for metadata
 * @param workers calls that compute at once
 * @param queue calls that may wait for a worker; one more is answered with 429
 * @param bodyBytes largest body of a request
 * @param drain how long calls in flight may take when the server stops
 */
public record ServerOptions(
    String version, int workers, int queue, long bodyBytes, Duration drain) {
  public ServerOptions {
    require(workers >= 1, "workers must be >= 1; found: " + workers);
    require(queue >= 0, "queue must be >= 0; found: " + queue);
    require(
        bodyBytes >= 1 && bodyBytes <= Integer.MAX_VALUE - 8L,
        "body limit must be in [1, 2147483639] (bytes); found: " + bodyBytes);
  }

  /** Returns the limits a server on this machine starts with. */
  public static ServerOptions standard(String version) {
    int cores = Runtime.getRuntime().availableProcessors();
    return new ServerOptions(version, cores, 64, 16L << 20, Duration.ofSeconds(20));
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
