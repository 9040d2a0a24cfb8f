package dev.quern.cli;

import dev.quern.engine.DataException;
import dev.quern.format.source.RemoteFiles;
import dev.quern.format.source.SourceFiles;
import dev.quern.operator.BindException;
import dev.quern.operator.Writer;
import dev.quern.run.RunOptions;
import dev.quern.store.AuditEvent;
import dev.quern.store.EngineScratch;
import dev.quern.store.Manifest;
import dev.quern.store.ModelVersion;
import dev.quern.store.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a version of a dataset to one file, or a model to a folder or ONNX file. */
@Command(name = "export")
final class ExportCommand implements Action {
  @Parameters(paramLabel = "NAME[@V]", descriptionKey = "export.name")
  String name = "";

  @Option(names = "--output", paramLabel = "FILE|FOLDER", required = true)
  String output = "";

  @Option(names = "--format", paramLabel = "FORMAT", descriptionKey = "format")
  Optional<FileFormat> format = Optional.empty();

  @Option(names = "--model")
  boolean model;

  @Option(names = "--overwrite")
  boolean overwrite;

  @Mixin EngineOptions engine = new EngineOptions();

  @Override
  public int run(Session session) throws Exception {
    if (engine.isElsewhere()) {
      return engine.run(session, RunOptions.in(session.workspace()));
    }
    if (RemoteFiles.isAddress(output)) {
      return elsewhere(session);
    }
    Path place = session.outside().resolve(Path.of(output));
    if (!overwrite && Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
      throw new UsageException(session.text("export.exists", place));
    }
    Stock stock = Stock.of(session);
    if (model) {
      ModelVersion version = stock.model(name);
      stock.tell(leaving(version.reference().toString(), place.toString()));
      model(stock.workspace(), version, place);
    } else {
      dataset(stock, place, place.toString(), session);
    }
    session.out().println(place);
    return Exit.DONE;
  }

  /** Writes a file here and puts it at its address. */
  private int elsewhere(Session session) throws IOException {
    RemoteFiles files =
        RemoteFiles.of(output)
            .orElseThrow(
                () ->
                    new DataException(
                        SourceFiles.UNKNOWN_SCHEME,
                        output
                            + ": output must be a path of this machine; found: "
                            + RemoteFiles.scheme(output)
                            + ":; file systems of Hadoop are written with --engine spark"));
    if (model) {
      throw new UsageException("--model must go with a path of this machine; found: " + output);
    }
    if (!overwrite && files.file(output).isPresent()) {
      throw new UsageException(session.text("export.exists", output));
    }
    try (EngineScratch scratch = Stock.of(session).workspace().scratch("export")) {
      Path place = scratch.folder().resolve(output.substring(output.lastIndexOf('/') + 1));
      dataset(Stock.of(session), place, output, session);
      files.put(place, output);
    }
    session.out().println(output);
    return Exit.DONE;
  }

  /** What leaves is told before it does, with the place it goes to. */
  private static AuditEvent leaving(String reference, String target) {
    return AuditEvent.of(AuditEvent.Action.EXPORT, reference, "export to " + target);
  }

  private void dataset(Stock stock, Path place, String target, Session session) throws IOException {
    FileFormat chosen = format.orElseGet(() -> FileFormat.of(place));
    Manifest manifest = stock.dataset(name);
    Writer writer = chosen.writer(session.registry(session.workspace()));
    Path folder = Optional.ofNullable(place.getParent()).orElse(session.outside().folder());
    long[] count = {0};
    try {
      writer.check(manifest.schema());
    } catch (BindException e) {
      String where = e.param().isEmpty() ? "" : e.param() + " ";
      throw new UsageException("export." + chosen + ": " + where + e.getMessage());
    }
    String reference = manifest.reference().toString();
    stock.tell(leaving(reference, target).with("samples", manifest.samples()));
    try (OutputFile out = OutputFile.in(folder, writer, manifest.schema())) {
      Flow.Result result =
          Flow.through(
              stock.reading(manifest),
              batch -> {
                out.write(batch);
                count[0] += batch.count();
                return Flow.Wish.MORE;
              });
      if (result.quarantined() > 0 || count[0] != manifest.samples()) {
        throw new IOException(
            manifest.reference() + " must be readable whole; found: " + count[0] + " samples");
      }
      out.moveTo(place);
    }
    session.talk(
        session.text("export.done", Amounts.count(count[0]), manifest.reference().toString()));
  }

  /** A place that ends in .onnx gets the graph alone, any other all files of the model. */
  private static void model(Workspace workspace, ModelVersion version, Path place)
      throws IOException {
    Map<String, byte[]> files = workspace.models().contents(version);
    if (String.valueOf(place.getFileName()).endsWith(".onnx")) {
      Files.write(place, Optional.ofNullable(files.get("model.onnx")).orElseThrow());
      return;
    }
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path target = place.resolve(file.getKey());
      Files.createDirectories(Optional.ofNullable(target.getParent()).orElse(place));
      Files.write(target, file.getValue());
    }
    // It tells the digests of the files in the workspace, and those are others where it encrypts.
    if (version.made().isEmpty()) {
      Path told = version.folder().resolve("version.json");
      Files.copy(told, place.resolve("version.json"), StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
