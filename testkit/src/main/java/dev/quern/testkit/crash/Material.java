package dev.quern.testkit.crash;

import dev.quern.testkit.Shop;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** The recipes and the files they read. */
final class Material {
  private static final int WRONG_EVERY = 1000;

  private Material() {}

  /**
   * Writes recipes and files.
   *
   * @param bytes size of all files together, about
   */
  static void write(Path folder, long bytes) throws IOException {
    for (String recipe : List.of("people", "orders", "baskets", "notes")) {
      Files.writeString(folder.resolve(recipe + ".yaml"), Act.text(recipe), StandardCharsets.UTF_8);
    }
    long each = bytes / 4;
    new Shop(1, WRONG_EVERY).csv(folder.resolve("web.csv"), each);
    new Shop(2, WRONG_EVERY).jsonl(folder.resolve("app.jsonl"), each);
    new Shop(3, WRONG_EVERY).csv(folder.resolve("more.csv"), each);
    Path old = folder.resolve("old.csv");
    new Shop(4, 0).csv(old, each);
    try (InputStream in = Files.newInputStream(old);
        OutputStream out =
            new GZIPOutputStream(Files.newOutputStream(folder.resolve("old.csv.gz")))) {
      in.transferTo(out);
    }
    Files.delete(old);
    Files.writeString(
        folder.resolve("people.csv"),
        "city,people\n杭州,12.5\nDelft,0.1\nOslo,0.7\nLima,10\nLima,11\n 深圳 ,17.6\n",
        StandardCharsets.UTF_8);
  }
}
