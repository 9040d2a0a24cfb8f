package dev.quern.testkit.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Base64;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Feeds a target with mutated inputs until one fails: by an exception that is not declared, by
 * something that does not hold, by memory out of proportion, or by never coming back. A failure
 * tells the input, which is all that is needed to see it again.
 */
public final class Fuzzer {
  /** An input that takes longer has hung, on the slowest machine. */
  private static final long HANG_NANOS = 120_000_000_000L;

  private static final long ALLOCATED_PER_BYTE = 4_000;
  private static final int MOST_BYTES = 1 << 14;

  private final String name;
  private final FuzzTarget target;
  private final Mutator mutator;

  /** The input being fed and since when, for who watches. */
  private final AtomicReference<@Nullable Fed> fed = new AtomicReference<>();

  private record Fed(byte[] input, long since) {}

  /** Says when to end. */
  public interface Until {
    /** Returns whether iteration {@code number}, from 0, is to be done. */
    boolean goesOn(long number);
  }

  /** Makes a fuzzer of {@code target}, which failures call {@code name}. */
  public Fuzzer(String name, FuzzTarget target) {
    this.name = name;
    this.target = target;
    this.mutator = new Mutator(target.corpus(), target.words(), MOST_BYTES);
  }

  /**
   * Feeds the target, first with its corpus as it is.
   *
   * @return how many inputs were fed
   * @throws AssertionError with the input, if one fails
   */
  public long run(long seed, Until until) {
    return watched(() -> fedAll(seed, until));
  }

  /** Feeds the target with one input, as a failure told it. */
  public void replay(byte[] input) {
    watched(
        () -> {
          feed(input);
          return 1;
        });
  }

  private interface Work {
    long done();
  }

  private long fedAll(long seed, Until until) {
    long number = 0;
    for (byte[] input : target.corpus()) {
      feed(input);
    }
    for (; until.goesOn(number); number++) {
      // Each input depends on the seed and its number alone.
      SplittableRandom random = new SplittableRandom(seed * 0x9e3779b97f4a7c15L + number);
      feed(mutator.input(random));
    }
    return number;
  }

  private void feed(byte[] input) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    fed.set(new Fed(input, System.nanoTime()));
    try {
      target.feed(input.clone(), new SplittableRandom(Arrays.hashCode(input)));
    } catch (Throwable e) {
      throw failure("fails", input, e);
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    if (allocated > target.mostAllocated() + ALLOCATED_PER_BYTE * input.length) {
      throw failure("allocates " + (allocated >> 20) + " MiB", input, null);
    }
  }

  /** Works in a thread of its own, so that what hangs can be told. */
  private long watched(Work work) {
    AtomicReference<@Nullable Throwable> failed = new AtomicReference<>();
    long[] done = {0};
    Thread worker =
        new Thread(
            () -> {
              try {
                done[0] = work.done();
              } catch (Throwable e) {
                failed.set(e);
              }
            },
            "fuzzer");
    worker.setDaemon(true);
    worker.start();
    try {
      for (worker.join(100); worker.isAlive(); worker.join(100)) {
        Fed now = fed.get();
        if (now != null && System.nanoTime() - now.since() > HANG_NANOS) {
          AssertionError hung = failure("hangs", now.input(), null);
          hung.setStackTrace(worker.getStackTrace());
          throw hung;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("fuzzing was interrupted", e);
    }
    Throwable e = failed.get();
    if (e instanceof AssertionError error) {
      throw error;
    }
    if (e != null) {
      throw new AssertionError(name + ": fuzzing itself has failed", e);
    }
    return done[0];
  }

  private AssertionError failure(String how, byte[] input, @Nullable Throwable e) {
    String base64 = Base64.getEncoder().encodeToString(input);
    return new AssertionError(
        name
            + " "
            + how
            + (e == null ? "" : ": " + e)
            + "\n  input of "
            + input.length
            + " bytes: "
            + base64
            + "\n  see it again: -Dquern.fuzz.target="
            + name
            + " -Dquern.fuzz.input="
            + base64,
        e);
  }
}
