package dev.quern.testkit.e2e;

import dev.quern.run.Plan;
import dev.quern.run.Run;
import dev.quern.run.RunListener;
import dev.quern.run.RunOptions;
import dev.quern.run.RunResult;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;

/**
 * A process that runs a recipe and, at a point of its progress, says so and stands still with its
 * other threads at work, to be killed.
 */
final class Halting {
  static final String HERE = "here";

  private Halting() {}

  /**
   * Runs.
   *
   * @param arguments folder, recipe, workspace, bytes of a morsel (0: derived), piece of work to
   *     halt in ({@code none}, or how its name ends), per cent of it
   */
  public static void main(String[] arguments) throws Exception {
    Scene scene = new Scene(Path.of(arguments[0]));
    long morsel = Long.parseLong(arguments[3]);
    Scene.Way way =
        new Scene.Way(2, morsel == 0 ? OptionalLong.empty() : OptionalLong.of(morsel), 128L << 20);
    RunOptions options = scene.options(arguments[2], way);
    Plan plan = scene.plan(arguments[1], options);
    RunListener listener = new Halt(arguments[4], Integer.parseInt(arguments[5]));
    RunResult result = Run.execute(plan, options, listener);
    System.out.println(result.folder());
  }

  private static final class Halt implements RunListener {
    private final String piece;
    private final int percent;
    private volatile boolean inPiece;

    Halt(String piece, int percent) {
      this.piece = piece;
      this.percent = percent;
    }

    @Override
    public void begins(int number, int total, String what) {
      // A piece is told as "step: fit", or in words that begin with what is done.
      inPiece = what.endsWith(piece) || (" " + what + " ").contains(" " + piece + " ");
      if (inPiece && percent == 0) {
        halt();
      }
    }

    @Override
    public synchronized void advanced(
        long done, long total, String unit, long samples, String note) {
      if (inPiece && percent > 0 && total > 0 && 100 * done >= percent * total) {
        halt();
      }
    }

    private static void halt() {
      System.out.println(HERE);
      System.out.flush();
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        throw new IllegalStateException("a process that waits to be killed was interrupted", e);
      }
    }
  }
}
