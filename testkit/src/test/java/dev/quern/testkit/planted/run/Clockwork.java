package dev.quern.testkit.planted.run;

import dev.quern.testkit.planted.data.Upward;
import java.time.Instant;
import java.util.UUID;

/** May read the clock, but draws an id that no seed decides. */
public final class Clockwork {
  private Clockwork() {}

  public static String stamp(Upward upward) {
    return upward + Instant.now().toString() + UUID.randomUUID();
  }
}
