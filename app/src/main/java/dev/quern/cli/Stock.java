package dev.quern.cli;

import dev.quern.data.Schema;
import dev.quern.engine.DataException;
import dev.quern.engine.Reading;
import dev.quern.engine.Stored;
import dev.quern.format.parquet.VersionReading;
import dev.quern.operator.Secrets;
import dev.quern.store.AuditEvent;
import dev.quern.store.Manifest;
import dev.quern.store.ModelVersion;
import dev.quern.store.Reference;
import dev.quern.store.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** What lies in a workspace, as commands ask for it. */
record Stock(Workspace workspace, Secrets secrets, Runnable unaudited) {

  /**
   * Opens the workspace of {@code session}.
   *
   * @throws DataException if there is none
   */
  static Stock of(Session session) {
    Path folder = session.workspace();
    if (!Files.isDirectory(folder)) {
      throw new DataException(
          "no_workspace",
          folder + ": workspace must exist; found: none; " + session.text("no_workspace"));
    }
    Secrets secrets = session.keyring(folder);
    return new Stock(
        new Workspace(folder, secrets.fieldKeys()),
        secrets,
        () -> session.talk(session.text("audit.unwritable", folder)));
  }

  /** Returns the dataset version that {@code written} means. */
  Manifest dataset(String written) throws IOException {
    return workspace.datasets().resolve(reference(written));
  }

  /**
   * Returns the model version that {@code written} means, all of whose files are as they were
   * published.
   */
  ModelVersion model(String written) throws IOException {
    ModelVersion version = workspace.models().resolve(reference(written));
    workspace.models().requireWhole(version);
    return version;
  }

  /** Returns the samples of {@code manifest}. */
  Reading reading(Manifest manifest) throws IOException {
    String reference = manifest.reference().toString();
    tell(AuditEvent.of(AuditEvent.Action.READ, reference, "command"));
    Stored stored = workspace.datasets().stored(manifest, 0);
    return new VersionReading(
        stored, 0, stored.schema(), workspace.datasets().digests(), secrets.fieldKeys());
  }

  /**
   * Tells the audit what is about to be done. What lies on a read-only place can be read all the
   * same, for who sees the files needs no program of ours: then a warning is given.
   */
  void tell(AuditEvent event) throws IOException {
    if (!Files.isWritable(workspace.root())) {
      unaudited.run();
      return;
    }
    workspace.audit().add(Instant.now(), event);
  }

  /** Returns the samples of {@code manifest} without their fields: ids and splits alone. */
  Reading ids(Manifest manifest) throws IOException {
    Stored stored = workspace.datasets().stored(manifest, 0);
    return new VersionReading(
        stored, 0, new Schema(List.of()), workspace.datasets().digests(), secrets.fieldKeys());
  }

  static Reference reference(String written) {
    try {
      return Reference.parse(written);
    } catch (IllegalArgumentException e) {
      throw new UsageException("NAME " + e.getMessage());
    }
  }
}
