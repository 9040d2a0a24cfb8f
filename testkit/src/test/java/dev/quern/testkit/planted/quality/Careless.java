package dev.quern.testkit.planted.quality;

import dev.quern.testkit.planted.engine.local.Pool;
import dev.quern.testkit.planted.operator.Operator;
import dev.quern.testkit.planted.privacy.Mask;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Breaks what an operator can break. */
public final class Careless implements Operator {
  public String careless(List<String> texts) {
    Supplier<Instant> clock = Instant::now;
    Thread thread = new Thread(() -> System.out.println(clock.get()));
    thread.start();
    long draw = new Random().nextLong() + Math.round(Math.random()) + System.nanoTime();
    String home = System.getenv("HOME");
    return new Mask(home) + texts.parallelStream().findFirst().orElse("") + draw + Pool.started();
  }
}
