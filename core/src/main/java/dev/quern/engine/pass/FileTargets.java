package dev.quern.engine.pass;

import dev.quern.data.Batch;
import dev.quern.data.Schema;
import dev.quern.engine.Writing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Targets that make one file of a task's samples, or none where there are none. */
final class FileTargets {
  private FileTargets() {}

  /** Blocks in the pass's folder: named by task, hashed where they outlive the pass. */
  static final class Blocks implements Target {
    private final PassFolder folder;
    private final String name;
    private final Schema schema;
    private final Frames.Packing packing;
    private BlockFile.@Nullable Writer writer;

    Blocks(PassFolder folder, TaskLine.Key key, Schema schema, Frames.Packing packing) {
      this.folder = folder;
      this.name = key.fileName() + ".blocks";
      this.schema = schema;
      this.packing = packing;
    }

    @Override
    public void accept(Batch batch) throws IOException {
      if (writer == null) {
        writer = new BlockFile.Writer(folder.create(name), schema, packing);
      }
      writer.write(batch);
    }

    @Override
    public TaskLine.@Nullable Made finish() throws IOException {
      if (writer == null) {
        return null;
      }
      writer.finish();
      // Unpacked blocks are read back within the pass; packed ones are the pass's result.
      String sha256 =
          packing == Frames.Packing.ZSTD ? PassFolder.sha256(folder.unfinished(name)) : "";
      folder.publish(name);
      return new TaskLine.Made(name, writer.written(), sha256, writer.samples(), writer.weight());
    }

    @Override
    public long spilled() {
      return packing == Frames.Packing.RAW && writer != null ? writer.written() : 0;
    }

    @Override
    public void close() throws IOException {
      if (writer != null) {
        writer.close();
      }
    }
  }

  /** A shard of a version, named by its content. */
  static final class Shards implements Target {
    private final PassFolder folder;
    private final Path shards;
    private final Writing writing;
    private final Path temporary;
    private Writing.@Nullable Output output;
    private long samples;

    Shards(PassFolder folder, Path shards, Writing writing, TaskLine.Key key) {
      this.folder = folder;
      this.shards = shards;
      this.writing = writing;
      this.temporary = folder.unfinished(key.fileName() + writing.ending());
    }

    @Override
    public void accept(Batch batch) throws IOException {
      if (output == null) {
        Files.deleteIfExists(temporary);
        output = writing.open(temporary, folder.files(), shards);
      }
      samples += batch.count();
      output.write(batch);
    }

    @Override
    public TaskLine.@Nullable Made finish() throws IOException {
      if (output == null) {
        return null;
      }
      output.close();
      output = null;
      String sha256 = PassFolder.sha256(temporary);
      long bytes = Files.size(temporary);
      Files.createDirectories(shards);
      String name = sha256 + writing.ending();
      PassFolder.publish(temporary, shards.resolve(name));
      return new TaskLine.Made(name, bytes, sha256, samples, 0);
    }

    @Override
    public void close() throws IOException {
      if (output != null) {
        output.close();
      }
      Files.deleteIfExists(temporary);
    }
  }
}
