package dev.quern.store;

import dev.quern.engine.DataException;
import dev.quern.engine.Shard;
import dev.quern.format.json.Json;
import dev.quern.operator.SubjectHash;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds and forgets the subjects of a workspace: those whose data its samples are. */
public final class Subjects {
  /** Where erasures lie, relative to the workspace. */
  static final String FOLDER = "erasure";

  private final Workspace workspace;

  Subjects(Workspace workspace) {
    this.workspace = workspace;
  }

  /** What becomes of models that were trained on a subject that is forgotten. */
  public enum ModelPolicy {
    /** Their files are deleted: weights and vocabularies are data too. */
    RETIRE,
    /** They stay, and are told to be affected. */
    KEEP
  }

  /**
   * Where a subject is.
   *
   * @param subject keyed hash, hexadecimal
   * @param key id of its key
   * @param versions the subject's samples in each version that holds some, by {@code name@version}
   * @param shards how many shards hold some
   * @param related versions that hold none but may have learnt of the subject
   * @param models models that were trained on versions of either kind
   * @param exports what of these left the workspace, as the audit tells it
   * @param shardsRead how many shards were read to find out
   * @param forgotten whether runs leave the subject out already
   */
  public record Found(
      String subject,
      String key,
      Map<String, Long> versions,
      int shards,
      List<String> related,
      List<String> models,
      List<Map<String, @Nullable Object>> exports,
      long shardsRead,
      boolean forgotten) {}

  /** Returns who is forgotten here. */
  public Suppressions suppressions() throws IOException {
    return Suppressions.of(workspace.root());
  }

  /** Returns the key of hashes of subjects, made if there is none. */
  public SubjectKey key() throws IOException {
    return SubjectKey.of(workspace.root());
  }

  /** Returns all erasures, in the order of their ids. */
  public List<Erasure> erasures() throws IOException {
    List<Erasure> all = new ArrayList<>();
    Path folder = workspace.root().resolve(FOLDER);
    for (String name : Folders.names(folder)) {
      if (name.matches("[0-9a-f]{16}-[0-9]{1,6}\\.json")) {
        all.add(Erasure.read(folder.resolve(name)));
      }
    }
    return all;
  }

  /** Returns the erasure that has begun and is not closed. */
  Optional<Erasure> unfinished() throws IOException {
    return erasures().stream().filter(e -> e.state() != Erasure.State.CLOSED).findFirst();
  }

  /**
   * Refuses work while an erasure is not closed.
   *
   * @throws DataException with code {@code erasure_unfinished}
   */
  void requireFinished() throws IOException {
    Optional<Erasure> open = unfinished();
    if (open.isPresent()) {
      throw new DataException(
          "erasure_unfinished",
          "workspace "
              + workspace.root()
              + ": erasures must be closed before anything else begins; found: "
              + open.get().id()
              + ", which was interrupted; fix: quern subject forget with the same subject goes on"
              + " with it");
    }
  }

  /**
   * Finds {@code subject}.
   *
   * @param fields fields that say whose data a sample is, beside those with the role
   * @param now what the caller's clock says
   */
  public Found find(String subject, Set<String> fields, Instant now) throws IOException {
    SubjectKey key = key();
    byte[] hash = key.hash().of(subject);
    String hex = HexFormat.of().formatHex(hash);
    workspace
        .audit()
        .add(
            now,
            AuditEvent.of(AuditEvent.Action.FIND, "subject/" + hex, "subject find")
                .using(key.id()));
    SubjectRows rows = new SubjectRows(key.hash(), hash, fields);
    SubjectSearch.Found found = new SubjectSearch(workspace, key, rows, Set.of()).search();
    Map<String, Long> versions = new LinkedHashMap<>();
    Set<Shard> shards = new java.util.HashSet<>();
    for (SubjectSearch.Holding holding : found.holdings()) {
      versions.put(holding.manifest().reference().toString(), holding.samples());
      shards.addAll(holding.shards().keySet());
    }
    List<String> related =
        found.related().stream().map(manifest -> manifest.reference().toString()).toList();
    Set<String> all = new TreeSet<>(versions.keySet());
    all.addAll(related);
    List<String> models = List.copyOf(models(all));
    all.addAll(models);
    return new Found(
        hex,
        key.id(),
        versions,
        shards.size(),
        related,
        models,
        exports(all),
        found.shardsRead(),
        suppressions().entries().containsKey(hex));
  }

  /**
   * Forgets {@code subject}, or goes on with an erasure of it that was interrupted. Nobody else may
   * be at work meanwhile.
   *
   * @param reason one word of letters, digits and underscores, told in tombstones
   * @param fields fields that say whose data a sample is, beside those with the role
   * @param now what the caller's clock says
   * @return the closed erasure
   * @throws DataException if a run is at work, another subject's erasure is not closed, or
   *     something of the subject is still found at the end
   */
  public Erasure forget(
      String subject,
      String reason,
      Set<String> fields,
      ModelPolicy policy,
      Renewal renewal,
      Instant now)
      throws IOException {
    if (!reason.matches("[A-Za-z0-9_]{1,40}")) {
      throw new IllegalArgumentException("reason must be one word of at most 40 characters");
    }
    if (SubjectHash.canonical(subject).isEmpty()) {
      throw new DataException("subject_empty", "subject must not be empty; found: nothing");
    }
    workspace.requireWritable();
    try (WriteLock lock = workspace.lock()) {
      requireNobodyAtWork();
      SubjectKey key = key();
      byte[] hash = key.hash().of(subject);
      Erasure erasure = begun(key, HexFormat.of().formatHex(hash), reason, fields);
      SubjectRows rows = new SubjectRows(key.hash(), hash, erasure.fields());
      rows.add(erasure.ids());
      new ErasureRun(workspace, erasure, key, rows, new Mentions(subject), renewal, policy, now)
          .execute();
      return erasure;
    }
  }

  private void requireNobodyAtWork() throws IOException {
    for (String id : Folders.names(workspace.runs())) {
      if (LiveRun.isLive(workspace.runs().resolve(id))) {
        throw new DataException(
            "run_at_work",
            "runs must have ended before a subject is forgotten; found: "
                + id
                + " at work; run again when it has ended");
      }
    }
  }

  private Erasure begun(SubjectKey key, String subject, String reason, Set<String> fields)
      throws IOException {
    Optional<Erasure> open = unfinished();
    if (open.isPresent() && !open.get().subject().equals(subject)) {
      throw new DataException(
          "erasure_unfinished",
          "one subject must be forgotten before the next; found: erasure "
              + open.get().id()
              + " of another subject, which was interrupted; fix: quern subject forget with that"
              + " subject goes on with it");
    }
    if (open.isPresent()) {
      open.get().fields().addAll(fields);
      return open.get();
    }
    String begin = subject.substring(0, 16);
    long before = erasures().stream().filter(e -> e.id().startsWith(begin)).count();
    return new Erasure(begin + "-" + (before + 1), subject, key.id(), reason, fields);
  }

  /** Returns the models that were trained on one of {@code versions}. */
  Set<String> models(Set<String> versions) throws IOException {
    Set<String> models = new TreeSet<>();
    Models all = workspace.models();
    for (String name : all.names()) {
      for (String id : all.versions(name)) {
        ModelVersion model = all.resolve(new Reference(name, Optional.of(id)));
        if (all.made(model).filter(made -> versions.contains(made.dataset())).isPresent()) {
          models.add(model.reference().toString());
        }
      }
    }
    return models;
  }

  /** Returns the exports of {@code resources}, as the audit tells them. */
  List<Map<String, @Nullable Object>> exports(Set<String> resources) throws IOException {
    List<Map<String, @Nullable Object>> exports = new ArrayList<>();
    for (AuditEntry entry : workspace.audit().entries()) {
      if (entry.text("action").equals("export") && resources.contains(entry.text("resource"))) {
        Map<String, @Nullable Object> one = new LinkedHashMap<>();
        one.put("seq", entry.seq());
        one.put("time", entry.text("time"));
        one.put("actor", entry.text("actor"));
        one.put("resource", entry.text("resource"));
        one.put("to", entry.text("purpose"));
        one.put("counts", Json.object(entry.plain().get("counts")));
        exports.add(one);
      }
    }
    return exports;
  }
}
