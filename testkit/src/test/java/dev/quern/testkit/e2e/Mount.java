package dev.quern.testkit.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/**
 * Something mounted for a test. Where that is not allowed the test is skipped; with {@code CI} in
 * the environment it fails.
 *
 * @param place where it is mounted
 */
record Mount(Path place) implements AutoCloseable {

  /** Mounts an empty disk of {@code bytes} in memory at the new folder {@code place}. */
  static Mount disk(Path place, long bytes) throws IOException, InterruptedException {
    Files.createDirectories(place);
    mount(List.of("-t", "tmpfs", "-o", "mode=700,size=" + bytes, "tmpfs", place.toString()));
    return new Mount(place);
  }

  /** Lets {@code folder} be seen at the new folder {@code place}, where nothing can be written. */
  static Mount readOnly(Path folder, Path place) throws IOException, InterruptedException {
    Files.createDirectories(place);
    mount(List.of("--bind", folder.toString(), place.toString()));
    Mount mount = new Mount(place);
    mount(List.of("-o", "remount,bind,ro", place.toString()));
    return mount;
  }

  private static void mount(List<String> arguments) throws IOException, InterruptedException {
    String said = said("mount", arguments);
    if (!said.isEmpty()) {
      if (System.getenv("CI") != null) {
        throw new AssertionError("mount must be allowed to this test; found: " + said);
      }
      Assumptions.abort("this test must mount a disk, which takes root; found: " + said);
    }
  }

  /** Runs a command; returns nothing if it succeeds, else what it said. */
  private static String said(String command, List<String> arguments)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.command().addAll(arguments);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = process.waitFor();
    return code == 0 ? "" : code + " " + said.strip();
  }

  @Override
  public void close() throws IOException, InterruptedException {
    // A process that was killed may still hold a file for a moment.
    String said = said("umount", List.of("--lazy", place.toString()));
    if (!said.isEmpty()) {
      throw new IOException(said);
    }
  }
}
