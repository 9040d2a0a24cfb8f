package dev.quern.cli;

import dev.quern.format.source.Download;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Fetches Spark's jars into the user's folder: each is checked against the digest it had when this
 * version of Quern was made. What was fetched before an interruption is kept.
 */
final class SparkInstall {
  private final Session session;
  private final String repository;

  SparkInstall(Session session, String repository) {
    this.session = session;
    this.repository = repository.endsWith("/") ? repository : repository + "/";
  }

  /**
   * A jar.
   *
   * @param path in a Maven repository
   */
  record Jar(String sha256, long bytes, String path) {
    String name() {
      return path.substring(path.lastIndexOf('/') + 1);
    }
  }

  /** Returns all jars. */
  static List<Jar> jars() throws IOException {
    String name = "spark-" + SparkHome.VERSION + ".lock";
    List<Jar> jars = new ArrayList<>();
    try (InputStream in = SparkInstall.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("jar must hold " + name);
      }
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.startsWith("#")) {
          String[] words = line.split(" ", 3);
          jars.add(new Jar(words[0], Long.parseLong(words[1]), words[2]));
        }
      }
    }
    return jars;
  }

  /** Installs what is not there and returns the folder. */
  Path install() throws IOException {
    Path place = SparkHome.place(session.outside());
    List<Jar> jars = jars();
    long all = jars.stream().mapToLong(Jar::bytes).sum();
    Path folder = Files.createDirectories(place.resolve("jars"));
    long done = 0;
    int number = 0;
    long told = System.nanoTime();
    for (Jar jar : jars) {
      number++;
      Path file = folder.resolve(jar.name());
      if (!Files.exists(file) || Files.size(file) != jar.bytes()) {
        fetch(jar, place, file);
      }
      done += jar.bytes();
      boolean last = number == jars.size();
      if (last || System.nanoTime() - told > 2_000_000_000L) {
        told = System.nanoTime();
        session.talk(
            session.text(
                "engine.fetched",
                number,
                jars.size(),
                Amounts.bytes((double) done),
                Amounts.bytes((double) all)));
      }
    }
    Files.writeString(place.resolve(SparkHome.COMPLETE), SparkHome.VERSION + "\n");
    Files.deleteIfExists(place.resolve("cache"));
    return place;
  }

  private void fetch(Jar jar, Path place, Path file) throws IOException {
    Path cache = place.resolve("cache");
    Path local = session.outside().home().resolve(".m2").resolve("repository").resolve(jar.path());
    if (Files.isRegularFile(local) && Download.isDigest(local, jar.sha256())) {
      Path near = file.resolveSibling(jar.name() + ".part");
      Files.copy(local, near, StandardCopyOption.REPLACE_EXISTING);
      Files.move(near, file, StandardCopyOption.ATOMIC_MOVE);
      return;
    }
    Path fetched =
        Path.of(Download.fetch(repository + jar.path(), Optional.of(jar.sha256()), cache).path());
    Files.move(fetched, file, StandardCopyOption.REPLACE_EXISTING);
    Files.deleteIfExists(fetched.resolveSibling(jar.sha256() + ".checked"));
    Files.deleteIfExists(fetched.resolveSibling(jar.sha256() + ".lock"));
  }
}
