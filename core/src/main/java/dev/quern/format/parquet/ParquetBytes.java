package dev.quern.format.parquet;

import dev.quern.format.source.FoundFile;
import dev.quern.format.source.RemoteFiles;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.SeekableInputStream;

/** The bytes of a Parquet file as the library asks for them. */
record ParquetBytes(ParquetInput input) implements InputFile {

  /** Returns the bytes of {@code input}, wherever it lies. */
  static InputFile of(ParquetInput input) {
    return RemoteFiles.isAddress(input.path())
        ? new ParquetBytes(input)
        : new LocalInputFile(Path.of(input.path()));
  }

  @Override
  public long getLength() {
    return input.bytes();
  }

  @Override
  public SeekableInputStream newStream() throws IOException {
    SeekableByteChannel channel = FoundFile.open(input.file());
    return new DelegatingSeekableInputStream(Channels.newInputStream(channel)) {
      @Override
      public long getPos() throws IOException {
        return channel.position();
      }

      @Override
      public void seek(long place) throws IOException {
        channel.position(place);
      }

      @Override
      public void close() throws IOException {
        channel.close();
      }
    };
  }
}
