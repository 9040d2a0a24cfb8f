package dev.quern.spark;

import dev.quern.engine.DataException;
import dev.quern.engine.InputFile;
import dev.quern.format.source.RemoteFiles;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.deploy.SparkHadoopUtil;

/** Files of every file system that Hadoop knows here, with the settings of Spark. */
public final class HadoopFiles implements RemoteFiles {

  /** Returns the settings: those of {@code core-site.xml} and {@code spark.hadoop.*}. */
  private static Configuration settings() {
    SparkEnv env = SparkEnv.get();
    return SparkHadoopUtil.get().newConfiguration(env == null ? new SparkConf() : env.conf());
  }

  /** Returns the file system of {@code address}. */
  static FileSystem system(Path address) throws IOException {
    return FileSystem.get(address.toUri(), settings());
  }

  @Override
  public boolean knows(String scheme) {
    try {
      return !scheme.equals("https") && FileSystem.getFileSystemClass(scheme, settings()) != null;
    } catch (UnsupportedFileSystemException e) {
      return false;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Override
  public Optional<InputFile> file(String address) throws IOException {
    Path path = path(address);
    try {
      FileStatus status = system(path).getFileStatus(path);
      return status.isFile() ? Optional.of(file(path.getName(), status)) : Optional.empty();
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  private static InputFile file(String name, FileStatus status) {
    return new InputFile(
        name, status.getPath().toString(), status.getLen(), status.getModificationTime());
  }

  @Override
  public List<InputFile> list(String address, int depth) throws IOException {
    Path folder = path(address);
    List<InputFile> files = new ArrayList<>();
    try {
      FileSystem system = system(folder);
      if (system.getFileStatus(folder).isDirectory()) {
        collect(system, folder, "", depth, files);
      }
    } catch (FileNotFoundException e) {
      return List.of();
    }
    return files;
  }

  private static void collect(
      FileSystem system, Path folder, String before, int depth, List<InputFile> into)
      throws IOException {
    for (FileStatus status : system.listStatus(folder)) {
      String name = before + status.getPath().getName();
      if (status.isFile()) {
        into.add(file(name, status));
      } else if (status.isDirectory() && depth > 1) {
        collect(system, status.getPath(), name + "/", depth - 1, into);
      }
    }
  }

  @Override
  public SeekableByteChannel open(InputFile file) throws IOException {
    Path path = path(file.path());
    try {
      FileSystem system = system(path);
      long bytes = system.getFileStatus(path).getLen();
      return new HadoopChannel(system.open(path), bytes);
    } catch (FileNotFoundException e) {
      throw new DataException("file_not_found", file.name() + ": must still exist; found: none", e);
    }
  }

  @Override
  public void put(java.nio.file.Path local, String address) throws IOException {
    Path target = path(address);
    FileSystem system = system(target);
    Path unfinished = new Path(target.getParent(), "." + target.getName() + ".unfinished");
    system.delete(unfinished, false);
    system.copyFromLocalFile(false, true, new Path(local.toUri()), unfinished);
    system.delete(target, false);
    if (!system.rename(unfinished, target)) {
      throw new IOException(target + " must take a file; found: its file system refuses the name");
    }
  }

  private static Path path(String address) {
    try {
      // Names may hold characters that an address must escape, so it is no URI yet.
      int slashes = address.indexOf("://");
      int end = slashes < 0 ? -1 : address.indexOf('/', slashes + 3);
      return end < 0
          ? new Path(address)
          : new Path(new Path(URI.create(address.substring(0, end + 1))), address.substring(end));
    } catch (IllegalArgumentException e) {
      throw new DataException(
          "address_malformed",
          address + ": must be an address of a file system; found: another",
          e);
    }
  }
}
