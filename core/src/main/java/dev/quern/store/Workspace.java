package dev.quern.store;

import dev.quern.engine.ClearFiles;
import dev.quern.engine.DamagedFiles;
import dev.quern.engine.DataException;
import dev.quern.engine.SampleFiles;
import dev.quern.engine.Shard;
import dev.quern.format.json.Json;
import dev.quern.format.parquet.FieldEncryption;
import dev.quern.format.parquet.FieldKeys;
import dev.quern.key.EncryptedFiles;
import dev.quern.key.Keyset;
import dev.quern.operator.Fit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The folder that holds datasets, runs and models. Nothing is made on disk until something is
 * written; what is made is for the owner alone.
 *
 * <pre>
 * datasets/NAME/VERSION.json, HEAD    manifests
 * shards/SHA256.parquet               samples of versions
 * states/SHA256.state                 what was measured of versions, mergeable
 * availability/                       what of sources and versions was there when asked for
 * models/NAME/VERSION/, HEAD          models
 * runs/ID/                            what a run was and did
 * work/                               what can be computed again
 * audit.jsonl, audit/                 what was done, chained and signed
 * keys/                               keys, for the owner alone
 * erasure/                            who is forgotten, by keyed hash, and what was done for it
 * </pre>
 */
public final class Workspace {
  /** How long a run waits for one who clears the workspace up. */
  private static final Duration CLEARING = Duration.ofMinutes(10);

  private final Path root;
  private final Datasets datasets;
  private final Models models;
  private final StoredFits fits;
  private final StoredStates states;
  private final Availability availability;
  private final Audit audit;
  private final FieldKeys fieldKeys;
  private final EncryptedFiles files;
  private final DamagedFiles damaged;

  /** Makes a workspace in the folder {@code root}, which need not exist. */
  public Workspace(Path root) {
    this(root, FieldKeys.NONE);
  }

  /**
   * Makes a workspace in the folder {@code root}, which need not exist.
   *
   * @param fieldKeys finds the keys of encrypted fields, which subjects may be found by
   */
  public Workspace(Path root, FieldKeys fieldKeys) {
    this(
        root,
        fieldKeys,
        EncryptedFiles.reading(root.toAbsolutePath().normalize(), fieldKeys::keyset),
        new DamagedFiles());
  }

  private Workspace(Path root, FieldKeys fieldKeys, EncryptedFiles files, DamagedFiles damaged) {
    this.root = root.toAbsolutePath().normalize();
    this.files = files;
    this.damaged = damaged;
    this.fieldKeys = fieldKeys;
    this.datasets = new Datasets(this.root, fieldKeys);
    this.models = new Models(this.root, files, damaged);
    this.fits = new StoredFits(this.root.resolve("work").resolve("fits"), own(), damaged);
    this.states = new StoredStates(this.root, files);
    this.availability = new Availability(this.root.resolve("availability"));
    this.audit = new Audit(this.root);
  }

  /** Returns the content of {@code file}, whatever of this workspace it is. */
  public byte[] content(Path file) throws IOException {
    boolean state = StoredStates.folder(root).equals(file.getParent());
    return files.content(file, state ? states.place() : file);
  }

  /**
   * Returns what was learnt under {@code key} as a manifest keeps it, which everybody may read: in
   * base 64 where it is encrypted, bound to where the fit itself lies.
   */
  public Manifest.Learnt sealed(String key, Manifest.Learnt learnt) throws IOException {
    if (files.encryption().isEmpty()) {
      return learnt;
    }
    byte[] text = Json.canonical(learnt.fit().values()).getBytes(StandardCharsets.UTF_8);
    Path place = root.resolve("work").resolve("fits").resolve(StoredFits.fileName(key));
    String sealed = Base64.getEncoder().encodeToString(files.stored(text, place));
    return new Manifest.Learnt(
        learnt.step(), learnt.operator(), new Fit(Map.of("encrypted", sealed)));
  }

  /**
   * Returns how a run writes and reads what it keeps for itself: where it encrypts, nothing in
   * clear is believed.
   */
  public SampleFiles own() {
    return files.encryption().isEmpty() ? ClearFiles.CLEAR : files.only();
  }

  /** Returns the absolute folder of the workspace. */
  public Path root() {
    return root;
  }

  /**
   * Returns this workspace, of which new files that may hold samples, states or what was learnt are
   * encrypted under {@code keyset}.
   */
  public Workspace encrypting(Keyset keyset) {
    return new Workspace(root, fieldKeys, files.writing(keyset), damaged);
  }

  /**
   * Returns this workspace, of which new files are encrypted as those of {@code manifest} are, or
   * are in clear where they are.
   *
   * @throws DataException if its key is not there
   */
  public Workspace encryptingLike(Manifest manifest) throws IOException {
    for (Shard shard : manifest.shards()) {
      Optional<FieldEncryption> encryption =
          FieldEncryption.of(root.resolve(shard.path()), fieldKeys, manifest.dataset());
      if (encryption.isPresent()) {
        return encrypting(encryption.get().keyset());
      }
    }
    return this;
  }

  /** Returns how files that may hold samples, states or what was learnt are written and read. */
  public EncryptedFiles files() {
    return files;
  }

  /** Returns what was found to be damaged here, and is made anew. */
  public DamagedFiles damaged() {
    return damaged;
  }

  /** Returns what finds the keys of encrypted fields. */
  FieldKeys fieldKeys() {
    return fieldKeys;
  }

  /** Returns the datasets. */
  public Datasets datasets() {
    return datasets;
  }

  /** Returns the models. */
  public Models models() {
    return models;
  }

  /** Returns what steps have learnt. */
  public StoredFits fits() {
    return fits;
  }

  /** Returns the states of what was measured. */
  public StoredStates states() {
    return states;
  }

  /** Returns how often sources and versions were there. */
  public Availability availability() {
    return availability;
  }

  /** Returns those whose data samples are. */
  public Subjects subjects() {
    return new Subjects(this);
  }

  /** Returns what was done here. */
  public Audit audit() {
    return audit;
  }

  /**
   * Makes a folder for what {@code engine}, a program of its own, writes on this machine; deleted
   * when it is closed.
   */
  public EngineScratch scratch(String engine) throws IOException {
    return EngineScratch.open(root.resolve("work"), engine);
  }

  /** Removes {@code folder}, which lies in {@code work} and which a run has made for itself. */
  public void clear(Path folder) throws IOException {
    if (!folder.startsWith(root.resolve("work"))) {
      throw new IllegalArgumentException("folder must lie in work; found: one that does not");
    }
    if (Files.isDirectory(folder)) {
      Folders.delete(folder);
    }
  }

  /** Returns what is known of input files, as the last run left it. */
  public FileDigests fileDigests() throws IOException {
    return new FileDigests(root.resolve("work").resolve("inputs.json"));
  }

  /** Returns the folder that receives finished shards; made if it is not there. */
  public Path shards() throws IOException {
    return Folders.create(root.resolve("shards"));
  }

  /** Returns the folder of all runs, which may not exist. */
  public Path runs() {
    return root.resolve("runs");
  }

  /**
   * Begins a run that relies on {@code needs}.
   *
   * <p>Ids are times, each later than all before it: where a clock was set back, the next id is a
   * millisecond after the last one, so that the order of ids stays the order of runs.
   *
   * @param now what the caller's clock says
   * @return the run, whose folder's name is its id; close it when it has ended
   * @throws DataException if the workspace cannot be written to, or if a version to be read has
   *     been cleared away since the run was planned
   */
  public LiveRun begin(Instant now, Needs needs) throws IOException {
    requireWritable();
    try (WriteLock lock = lock()) {
      subjects().requireFinished();
      for (String version : needs.versions()) {
        datasets.resolve(Reference.parse(version));
      }
      Path runs = Folders.create(runs());
      Path folder = Folders.createNew(runs.resolve(RunIds.next(now, Folders.names(runs))));
      LiveRun run = LiveRun.of(folder);
      try {
        Folders.replace(folder.resolve(Needs.FILE), needs.json());
        Folders.replace(needs().resolve(needs.fileOfRecipe()), needs.json());
        audit.add(now, events(String.valueOf(folder.getFileName()), needs));
        return run;
      } catch (IOException | RuntimeException e) {
        run.close();
        throw e;
      }
    }
  }

  private static List<AuditEvent> events(String run, Needs needs) {
    List<AuditEvent> events = new ArrayList<>();
    events.add(AuditEvent.of(AuditEvent.Action.RUN, "recipe/" + needs.recipe(), "run").in(run));
    for (String version : needs.versions()) {
      String purpose = "recipe " + needs.recipe();
      events.add(AuditEvent.of(AuditEvent.Action.READ, version, purpose).in(run));
    }
    return events;
  }

  /** Returns the one who begins runs or clears up; the others wait. */
  WriteLock lock() throws IOException {
    return WriteLock.take(root.resolve("work"), "workspace " + root, CLEARING);
  }

  /** Returns the folder that tells what the last run of each recipe relied on. */
  Path needs() {
    return root.resolve("work").resolve("needs");
  }

  /**
   * Finds out whether files can be written here, before any work is done.
   *
   * @throws DataException if not
   */
  public void requireWritable() {
    Path there = root;
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    if (!Files.isDirectory(there) || !Files.isWritable(there)) {
      throw new DataException(
          "workspace_read_only",
          root
              + ": workspace must be a folder that can be written to; found: "
              + (Files.isDirectory(there) ? "one that can only be read" : "a file")
              + (there.equals(root) ? "" : " at " + there)
              + "; fix: another folder with --workspace");
    }
  }

  /**
   * Replaces {@code file} by {@code text} as one step: after a crash it holds the old or the new
   * text. Folders are made as needed.
   */
  public void replace(Path file, String text) throws IOException {
    if (!file.toAbsolutePath().normalize().startsWith(root)) {
      throw new IllegalArgumentException("file must lie in the workspace");
    }
    Folders.replace(file, text);
  }
}
