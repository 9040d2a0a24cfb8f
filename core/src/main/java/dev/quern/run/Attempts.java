package dev.quern.run;

import dev.quern.engine.DataException;
import dev.quern.engine.Shard;
import dev.quern.store.Availability;
import dev.quern.store.Manifest;
import dev.quern.store.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a run found of its sources and of the files of its version when it asked for them. */
final class Attempts {
  private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);
  private static final String SOURCE = "source ";
  private static final String VERSION = "version ";

  private final Workspace workspace;
  private final Plan plan;
  private final String now;

  /**
   * Makes a log of the attempts of one run.
   *
   * @param now ISO 8601 in UTC
   */
  Attempts(Workspace workspace, Plan plan, String now) {
    this.workspace = workspace;
    this.plan = plan;
    this.now = now;
  }

  /** Returns what availability calls the source {@code name}. */
  static String ofSource(String name) {
    return SOURCE + name;
  }

  /** Returns what availability calls {@code version}. */
  static String ofVersion(Manifest version) {
    return VERSION + version.reference();
  }

  /** Every file of every source was opened and read to its end. */
  void read() {
    List<Availability.Attempts> attempts = new ArrayList<>();
    for (Plan.SourcePlan source : plan.sources()) {
      attempts.add(
          Availability.Attempts.at(subject(source), now, source.files(), 0, source.bytes()));
    }
    add(workspace, attempts);
  }

  private static String subject(Plan.SourcePlan source) {
    return source.parent().isEmpty() ? ofSource(source.source().name()) : VERSION + source.parent();
  }

  /** What the version is stored in is there, or not, with its size. */
  void published(Manifest version) throws IOException {
    long there = 0;
    long bytes = 0;
    List<Shard> files = new ArrayList<>(version.shards());
    version.states().forEach(state -> files.add(state.file()));
    for (Shard file : files) {
      Path path = workspace.root().resolve(file.path());
      if (Files.isReadable(path) && Files.size(path) == file.bytes()) {
        there++;
        bytes += file.bytes();
      }
    }
    String subject = ofVersion(version);
    add(
        workspace,
        List.of(Availability.Attempts.at(subject, now, there, files.size() - there, bytes)));
  }

  /** A run ended early: counts a failure for the source whose file is named as the reason. */
  void failed(Throwable reason) {
    String message = String.valueOf(reason.getMessage());
    if (!(reason instanceof DataException)) {
      return;
    }
    for (Plan.SourcePlan source : plan.sources()) {
      String name = source.source().name();
      String file = name.substring(name.replace('\\', '/').lastIndexOf('/') + 1);
      if (message.startsWith(name) || message.startsWith(file)) {
        add(workspace, List.of(Availability.Attempts.at(subject(source), now, 0, 1, 0)));
        return;
      }
    }
  }

  /** The files of the source {@code name} could not be found, fetched or opened. */
  static void notFound(Workspace workspace, String name, String now) {
    if (Files.isDirectory(workspace.root())) { // Else nothing has ever run here.
      add(workspace, List.of(Availability.Attempts.at(ofSource(name), now, 0, 1, 0)));
    }
  }

  /** That attempts cannot be counted must not fail what was attempted. */
  static void add(Workspace workspace, List<Availability.Attempts> attempts) {
    try {
      workspace.availability().add(attempts);
    } catch (IOException | DataException e) {
      LOG.warn("attempts are not counted: {}", e.getClass().getSimpleName());
    }
  }

  /** Returns what all runs so far have found of {@code version} and of this run's sources. */
  List<QualityMeasures.Accessible> accessible(Manifest version) throws IOException {
    List<String> subjects = new ArrayList<>(List.of(ofVersion(version)));
    plan.sources().stream()
        .map(Attempts::subject)
        .filter(subject -> !subjects.contains(subject))
        .forEach(subjects::add);
    List<QualityMeasures.Accessible> accessible = new ArrayList<>();
    for (String subject : subjects) {
      accessible(workspace, subject, accessible);
    }
    return accessible;
  }

  private static void accessible(
      Workspace workspace, String subject, List<QualityMeasures.Accessible> into)
      throws IOException {
    long[] sum = Availability.sum(workspace.availability().of(subject));
    if (sum[1] > 0) {
      into.add(new QualityMeasures.Accessible(subject, sum[0], sum[1]));
    }
  }
}
