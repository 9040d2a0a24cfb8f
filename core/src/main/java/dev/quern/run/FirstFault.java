package dev.quern.run;

import dev.quern.engine.SampleFiles;
import dev.quern.format.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run tells of the first sample that was set aside: its place and rule, never its text. The
 * source is named as the recipe does; names of files found by a glob are data and stay in the files
 * of quarantine.
 */
final class FirstFault {
  private static final List<String> TOLD =
      List.of("step", "source", "position", "line", "field", "rule", "expected", "length", "mask");

  private FirstFault() {}

  /** Returns the fault that stands first in {@code files}, or null if there is none. */
  static @Nullable Map<String, @Nullable Object> in(Collection<Path> files, SampleFiles form)
      throws IOException {
    for (Path file : files) {
      try (BufferedReader in = form.reader(file)) {
        String line = in.readLine();
        if (line != null) {
          Map<String, @Nullable Object> all = Json.parseObject(line);
          Map<String, @Nullable Object> told = new LinkedHashMap<>();
          for (String name : TOLD) {
            if (all.get(name) != null) {
              told.put(name, all.get(name));
            }
          }
          return told;
        }
      }
    }
    return null;
  }
}
