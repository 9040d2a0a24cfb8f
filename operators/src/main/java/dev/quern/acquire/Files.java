package dev.quern.acquire;

import dev.quern.data.BatchBuilder;
import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.engine.Attempts;
import dev.quern.engine.Fault;
import dev.quern.engine.InputFile;
import dev.quern.engine.Reading;
import dev.quern.engine.RunContext;
import dev.quern.engine.Source;
import dev.quern.format.source.FoundFile;
import dev.quern.format.source.SourceFiles;
import dev.quern.format.source.WholeFiles;
import dev.quern.operator.Example;
import dev.quern.operator.Localized;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Reader;
import dev.quern.operator.Serving;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads files as bytes, for images, sound and the like: the fields {@code path} (relative, with
 * {@code /}), {@code media_type} (told from the first bytes, else from the ending), {@code bytes}
 * and, if asked for, {@code label}: the name of the folder the file lies in.
 *
 * @param location where the files are; a folder means all files below it
 * @param labelFrom where labels come from
 * @param maxBytes larger files are set aside
 */
public record Files(Location location, LabelFrom labelFrom, long maxBytes) implements Reader {

  /** Where labels come from. */
  public enum LabelFrom {
    /** There are none. */
    NONE,
    /** The folder a file lies in. */
    FOLDER
  }

  private static final Param<LabelFrom> LABEL_FROM =
      Param.choice(
              "label_from",
              LabelFrom.class,
              new Localized(
                  "Where the field label comes from: the folder a file lies in, or none.",
                  "字段 label 的来源：文件所在的文件夹，或没有。"))
          .or(LabelFrom.NONE);
  private static final Param<Long> MAX_BYTES =
      Param.integer(
              "max_bytes",
              "bytes",
              1,
              1 << 30,
              new Localized("Larger files are set aside.", "更大的文件被隔离。"))
          .or(64L << 20);

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "acquire.files",
          new Localized(
              "Reads files as bytes with path and media type, labelled by folder if asked for.",
              "将文件读为字节，带路径和媒体类型，可用文件夹名作标签。"),
          "definition",
          1,
          Serving.TRAINING_ONLY,
          List.of(Location.STORED_PATH, Location.SHA256, LABEL_FROM, MAX_BYTES),
          List.of(
              new Example(
                  "{path: images, label_from: folder}",
                  "[{\"path\": \"cat/1.png\", \"bytes\": \"iVBORw0KGgo=\"}]",
                  "[{\"path\": \"cat/1.png\", \"media_type\": \"image/png\", \"bytes\":"
                      + " \"iVBORw0KGgo=\", \"label\": \"cat\"}]")),
          params ->
              new Files(
                  new Location(params.get(Location.STORED_PATH), params.find(Location.SHA256)),
                  params.get(LABEL_FROM),
                  params.get(MAX_BYTES)));

  @Override
  public List<InputFile> files(Source source, Consumer<Attempts> attempts) throws IOException {
    return location.files(source, attempts, SourceFiles.Folders.ALLOWED);
  }

  @Override
  public Schema infer(Source source, List<InputFile> files) {
    List<String> types =
        files.stream().map(file -> MediaTypes.byEnding(file.name())).distinct().limit(2).toList();
    boolean one = types.size() == 1 && !types.get(0).equals(MediaTypes.UNKNOWN);
    Optional<String> common = one ? Optional.of(types.get(0)) : Optional.empty();
    List<Field> fields = new ArrayList<>();
    fields.add(Field.of("path", Type.TEXT));
    fields.add(Field.of("media_type", Type.TEXT));
    fields.add(new Field("bytes", Type.BYTES, Set.of(), common));
    if (labelFrom == LabelFrom.FOLDER) {
      fields.add(Field.of("label", Type.TEXT));
    }
    return new Schema(fields);
  }

  @Override
  public Reading bind(Source source, List<InputFile> files, Schema schema, RunContext run) {
    return new WholeFiles(source, files, schema, maxBytes, new Whole(labelFrom));
  }

  /** Returns the name of the folder that {@code path}, or an address, lies in; empty if none. */
  private static String folder(String path) {
    String[] names = path.replace('\\', '/').split("/", -1);
    return names.length < 2 ? "" : names[names.length - 2];
  }

  private record Whole(LabelFrom labelFrom) implements WholeFiles.Sampling {
    @Override
    public WholeFiles.Content read(InputFile file, long most) throws IOException {
      if (file.bytes() > most) {
        return new WholeFiles.Content(null, 0);
      }
      try (SeekableByteChannel channel = FoundFile.open(file)) {
        InputStream in = Channels.newInputStream(channel);
        byte[] bytes = in.readNBytes((int) Math.min(most, file.bytes()));
        FoundFile.check(file, channel);
        return new WholeFiles.Content(bytes, bytes.length);
      }
    }

    @Override
    public @Nullable Fault append(InputFile file, byte[] content, BatchBuilder batch) {
      batch.column(0).appendText(file.name());
      batch.column(1).appendText(MediaTypes.of(content, file.name()));
      batch.column(2).appendSlice(content, 0, content.length);
      if (labelFrom == LabelFrom.FOLDER) {
        String folder = folder(file.path());
        if (folder.isEmpty()) {
          batch.column(3).appendNull();
        } else {
          batch.column(3).appendText(folder);
        }
      }
      return null;
    }
  }
}
