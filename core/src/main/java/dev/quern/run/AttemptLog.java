package dev.quern.run;

import dev.quern.engine.Attempts;
import dev.quern.engine.DataException;
import dev.quern.engine.Shard;
import dev.quern.engine.UnreadFile;
import dev.quern.store.Manifest;
import dev.quern.store.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a run found of its sources and of the files of its version when it asked for them: written
 * to the workspace as it happens, so that a run that is killed has told what it knew.
 */
public final class AttemptLog {
  private static final Logger LOG = LoggerFactory.getLogger(AttemptLog.class);
  private static final String SOURCE = "source ";
  private static final String VERSION = "version ";

  private final Workspace workspace;
  private final Plan plan;

  /** Makes a log of the attempts of one run. */
  AttemptLog(Workspace workspace, Plan plan) {
    this.workspace = workspace;
    this.plan = plan;
  }

  /** Returns what availability calls the source {@code name}. */
  static String ofSource(String name) {
    return SOURCE + name;
  }

  /** Returns what availability calls {@code version}. */
  static String ofVersion(Manifest version) {
    return VERSION + version.reference();
  }

  /** Files of a source were read to their ends, or fetched. */
  void read(Attempts attempts) {
    subject(attempts.subject()).ifPresent(subject -> add(workspace, subject, attempts));
  }

  /** Returns what the log calls what the engine calls {@code told}; none if it is no source. */
  private Optional<String> subject(String told) {
    for (Plan.SourcePlan source : plan.sources()) {
      boolean stored = !source.parent().isEmpty();
      if (told.equals(stored ? source.contentKey() : source.source().name())) {
        return Optional.of(subject(source));
      }
    }
    return Optional.empty();
  }

  private static String subject(Plan.SourcePlan source) {
    return source.parent().isEmpty() ? ofSource(source.source().name()) : VERSION + source.parent();
  }

  /** What the version is stored in is there, or not, with its size. */
  void published(Manifest version) throws IOException {
    List<Shard> lost = new ArrayList<>();
    for (Shard file : files(version)) {
      Path path = workspace.root().resolve(file.path());
      if (!Files.isReadable(path) || Files.size(path) != file.bytes()) {
        lost.add(file);
      }
    }
    verified(workspace, version, lost);
  }

  private static List<Shard> files(Manifest version) {
    List<Shard> files = new ArrayList<>(version.shards());
    version.states().forEach(state -> files.add(state.file()));
    return files;
  }

  /**
   * Counts that the files of {@code version} were opened.
   *
   * @param damaged those that were not there or not as they were published
   */
  public static void verified(Workspace workspace, Manifest version, List<Shard> damaged) {
    List<Shard> whole = files(version);
    whole.removeAll(damaged);
    String subject = ofVersion(version);
    Attempts attempts =
        Attempts.none(subject)
            .succeeded(whole.size(), whole.stream().mapToLong(Shard::bytes).sum())
            .failed("shard_damaged", damaged.size());
    add(workspace, subject, attempts);
  }

  /** A run ended early: counts a failure where a file of a source is the reason. */
  void failed(Throwable reason) {
    UnreadFile.found(reason)
        .ifPresent(unread -> read(Attempts.none(unread.subject()).failed(unread.reason(), 1)));
  }

  /** The files of the source {@code name} could not be found, fetched or opened. */
  static void notFound(Workspace workspace, String name, Throwable reason) {
    add(workspace, ofSource(name), Attempts.none(name).failed(UnreadFile.reason(reason), 1));
  }

  /** Files of the source {@code name} were fetched, or attempts to do so failed. */
  static void fetched(Workspace workspace, String name, Attempts attempts) {
    add(workspace, ofSource(name), attempts);
  }

  /** That attempts cannot be counted must not fail what was attempted. */
  private static void add(Workspace workspace, String subject, Attempts attempts) {
    // Where nothing has ever run, a recipe that cannot be planned leaves nothing behind.
    if (attempts.all() == 0 || !Files.isDirectory(workspace.root())) {
      return;
    }
    try {
      workspace.availability().add(List.of(attempts.of(subject, Instant.now().toString())));
    } catch (IOException | DataException e) {
      LOG.warn("attempts are not counted: {}", e.getClass().getSimpleName());
    }
  }

  /**
   * Returns what was tried of the source {@code wanted}, or, where none is named, of all sources of
   * this run.
   */
  List<Attempts> of(Optional<String> wanted) throws IOException {
    Set<String> subjects = new LinkedHashSet<>();
    wanted.ifPresent(name -> subjects.add(ofSource(name)));
    if (wanted.isEmpty()) {
      plan.sources().forEach(source -> subjects.add(subject(source)));
    }
    return workspace.availability().of(subjects);
  }

  /** Returns the same where there is no run: of the files of {@code version} if none is named. */
  static List<Attempts> of(Workspace workspace, Manifest version, Optional<String> wanted)
      throws IOException {
    return workspace.availability().of(wanted.map(AttemptLog::ofSource).orElse(ofVersion(version)));
  }

  /** Returns what all runs so far have found of {@code version} and of this run's sources. */
  List<QualityMeasures.Accessible> accessible(Manifest version) throws IOException {
    Set<String> subjects = new LinkedHashSet<>(List.of(ofVersion(version)));
    plan.sources().forEach(source -> subjects.add(subject(source)));
    return accessible(workspace, subjects);
  }

  /** Returns what was found of {@code versions} whenever they were asked for. */
  public static List<QualityMeasures.Accessible> accessible(
      Workspace workspace, List<Manifest> versions) throws IOException {
    Set<String> subjects = new LinkedHashSet<>();
    versions.forEach(version -> subjects.add(ofVersion(version)));
    return accessible(workspace, subjects);
  }

  private static List<QualityMeasures.Accessible> accessible(
      Workspace workspace, Set<String> subjects) throws IOException {
    List<Attempts> all = workspace.availability().of(subjects);
    List<QualityMeasures.Accessible> accessible = new ArrayList<>();
    for (String subject : subjects) {
      List<Attempts> own = all.stream().filter(one -> one.subject().equals(subject)).toList();
      if (!own.isEmpty()) {
        accessible.add(new QualityMeasures.Accessible(subject, own));
      }
    }
    return accessible;
  }
}
