package dev.quern.cli;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Jars with operators of other authors. */
final class OperatorJars {
  private OperatorJars() {}

  /** Returns the jars in {@code folders}, by folder and then by name. */
  static List<Path> find(List<Path> folders) throws IOException {
    List<Path> jars = new ArrayList<>();
    for (Path folder : folders) {
      if (!Files.isDirectory(folder)) {
        continue;
      }
      List<Path> found = new ArrayList<>();
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jar")) {
        files.forEach(found::add);
      }
      Collections.sort(found);
      jars.addAll(found);
    }
    return jars;
  }

  /**
   * Returns the loader of Quern's own classes where there are no jars, else one that knows them as
   * well; it lives as long as the program.
   */
  static ClassLoader loader(List<Path> folders) throws IOException {
    List<Path> jars = find(folders);
    ClassLoader own = OperatorJars.class.getClassLoader();
    if (jars.isEmpty()) {
      return own;
    }
    URL[] urls = new URL[jars.size()];
    for (int i = 0; i < urls.length; i++) {
      try {
        urls[i] = jars.get(i).toUri().toURL();
      } catch (MalformedURLException e) {
        throw new IOException("jar must have an address: " + jars.get(i), e);
      }
    }
    return new URLClassLoader("quern-operators", urls, own);
  }
}
