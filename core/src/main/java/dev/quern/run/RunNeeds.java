package dev.quern.run;

import dev.quern.engine.Samples;
import dev.quern.store.Needs;
import dev.quern.store.Workspace;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells what of its workspace the run of a plan will rely on. */
final class RunNeeds {
  private static final Pattern SHA256 = Pattern.compile("\\b[0-9a-f]{64}\\b");

  private RunNeeds() {}

  static Needs of(Plan plan, RunOptions options, Workspace workspace) {
    PassFolders folders =
        new PassFolders(workspace.root(), plan.recipe().traces(), plan.encryption().orElse(""));
    List<String> passes = new ArrayList<>();
    List<String> fits = new ArrayList<>();
    for (Plan.Point point : plan.points()) {
      passes.add(String.valueOf(folders.folder(point).getFileName()));
      if (point instanceof Plan.Point.Fitting fitting) {
        fits.add(fitting.key());
      } else if (point instanceof Plan.Point.Judging judging) {
        fits.add(judging.key());
      } else if (point instanceof Plan.Point.Learning learning) {
        fits.add(learning.key());
      }
    }
    Set<String> downloads = new TreeSet<>();
    Set<String> seen = new HashSet<>();
    plan.points().forEach(point -> downloads(point.samples(), downloads, seen));
    List<String> versions =
        plan.sources().stream().map(Plan.SourcePlan::parent).filter(v -> !v.isEmpty()).toList();
    return new Needs(
        plan.recipe().name(),
        options.limit().isPresent() ? Needs.Reading.LIMITED : Needs.Reading.WHOLE,
        passes,
        fits,
        List.copyOf(downloads),
        versions);
  }

  /** Fetched files are named by the digest that the reader's parameters ask for. */
  private static void downloads(Samples samples, Set<String> downloads, Set<String> seen) {
    if (!seen.add(samples.key())) {
      return;
    }
    if (samples instanceof Samples.Read read) {
      Matcher matcher = SHA256.matcher(read.reader().parameters());
      while (matcher.find()) {
        downloads.add(matcher.group());
      }
    }
    samples.inputs().forEach(input -> downloads(input, downloads, seen));
  }
}
