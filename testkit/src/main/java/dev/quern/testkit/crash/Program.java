package dev.quern.testkit.crash;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Quern as users start it: by its launcher, as a process of its own.
 *
 * @param launcher the file {@code quern}, absolute
 * @param folder where it is started
 */
record Program(Path launcher, Path folder) {

  /** What a process said and how it ended. */
  record Said(int code, String out, String err) {}

  /** A process that was started; what it says goes to files, so that nobody has to listen. */
  record Started(Process process, Path out, Path err) {

    /** Waits for the end of the process. */
    Said finish() throws IOException, InterruptedException {
      int code = process.waitFor();
      Said said =
          new Said(
              code,
              Files.readString(out, StandardCharsets.UTF_8),
              Files.readString(err, StandardCharsets.UTF_8));
      Files.delete(out);
      Files.delete(err);
      return said;
    }

    /** Kills the process, if it has not ended, as {@code kill -9} does; tells whether it did. */
    boolean kill() throws InterruptedException {
      process.destroyForcibly();
      return process.waitFor() == 128 + 9;
    }
  }

  Started start(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(arguments);
    Path out = Files.createTempFile(folder, "said-", ".out");
    Path err = Files.createTempFile(folder, "said-", ".err");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    return new Started(process, out, err);
  }

  /**
   * Runs a command to its end.
   *
   * @throws Misbehaviour if it does not end with 0
   */
  Said run(List<String> arguments) throws IOException, InterruptedException {
    Said said = start(arguments).finish();
    if (said.code() != 0) {
      throw new Misbehaviour(
          "quern "
              + String.join(" ", arguments)
              + " must end with 0; found: "
              + said.code()
              + "\n"
              + said.err().strip());
    }
    return said;
  }
}
