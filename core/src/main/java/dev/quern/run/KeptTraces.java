package dev.quern.run;

import dev.quern.engine.PassResult;
import dev.quern.store.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a run keeps of single samples: dropped, changed and quarantined ones, in files of lines. */
final class KeptTraces {
  private final Workspace workspace;
  private final Path folder;
  private final Set<Path> dropped = new LinkedHashSet<>();
  private final Set<Path> changed = new LinkedHashSet<>();
  private final Set<Path> quarantined = new LinkedHashSet<>();

  /**
   * Keeps nothing yet.
   *
   * @param folder of the run
   */
  KeptTraces(Workspace workspace, Path folder) {
    this.workspace = workspace;
    this.folder = folder;
  }

  /** Takes up what a pass has set aside. */
  void add(PassResult result) {
    dropped.addAll(result.dropped());
    changed.addAll(result.changed());
    quarantined.addAll(result.quarantined());
  }

  /** Copies all that was taken up into the folder of the run and tells {@code report} where. */
  void keep(RunReport report, CheckRun checks) throws IOException {
    report.put("verdicts", counted("verdicts", checks.verdicts()));
    report.put("aside", counted("aside", checks.aside()));
    report.put("dropped_files", copied(dropped, "dropped"));
    report.put("change_files", copied(changed, "changes"));
    report.put("quarantine_files", copied(quarantined, "quarantine"));
    report.put("quarantine_first", FirstFault.in(quarantined, workspace.files()));
  }

  /** Returns where lines of the run lie, and how many, null for none. */
  private @Nullable Map<String, Object> counted(String name, long lines) {
    return lines == 0
        ? null
        : new TreeMap<>(
            Map.of("folder", "runs/" + folder.getFileName() + "/" + name, "count", lines));
  }

  /**
   * Copies what passes set aside into the run's folder, where it stays when the points are cleared
   * away; returns the folder's name relative to the workspace, null where nothing was set aside.
   */
  private @Nullable String copied(Set<Path> files, String name) throws IOException {
    if (files.isEmpty()) {
      return null;
    }
    Path into = Files.createDirectories(folder.resolve(name));
    int number = 0;
    for (Path file : files) {
      Path copy = into.resolve(String.format(Locale.ROOT, "%04d.jsonl", number++));
      workspace.files().copy(file, copy);
    }
    return "runs/" + folder.getFileName() + "/" + name;
  }
}
