package dev.quern.cli;

import dev.quern.operator.Writer;
import dev.quern.store.Manifest;
import dev.quern.store.ModelVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a version of a dataset to one file, or a model to a folder or ONNX file. */
@Command(name = "export")
final class ExportCommand implements Action {
  @Parameters(paramLabel = "NAME[@V]", descriptionKey = "export.name")
  String name = "";

  @Option(names = "--output", paramLabel = "FILE|FOLDER", required = true)
  Path output = Path.of("");

  @Option(names = "--format", paramLabel = "FORMAT", descriptionKey = "format")
  Optional<FileFormat> format = Optional.empty();

  @Option(names = "--model")
  boolean model;

  @Option(names = "--overwrite")
  boolean overwrite;

  @Override
  public int run(Session session) throws Exception {
    Path place = session.outside().resolve(output);
    if (!overwrite && Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
      throw new UsageException(session.text("export.exists", place));
    }
    Stock stock = Stock.of(session);
    if (model) {
      model(stock.model(name), place);
    } else {
      dataset(stock, place, session);
    }
    session.out().println(place);
    return Exit.DONE;
  }

  private void dataset(Stock stock, Path place, Session session) throws IOException {
    FileFormat chosen = format.orElseGet(() -> FileFormat.of(place));
    Manifest manifest = stock.dataset(name);
    Writer writer = chosen.writer(session.registry(session.workspace()));
    Path folder = Optional.ofNullable(place.getParent()).orElse(session.outside().folder());
    long[] count = {0};
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
  private static void model(ModelVersion version, Path place) throws IOException {
    if (String.valueOf(place.getFileName()).endsWith(".onnx")) {
      Files.copy(
          version.folder().resolve("model.onnx"), place, StandardCopyOption.REPLACE_EXISTING);
      return;
    }
    List<Path> files;
    try (Stream<Path> tree = Files.walk(version.folder())) {
      files = tree.sorted().toList();
    }
    for (Path file : files) {
      Path target = place.resolve(version.folder().relativize(file).toString());
      if (Files.isDirectory(file)) {
        Files.createDirectories(target);
      } else {
        Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }
}
