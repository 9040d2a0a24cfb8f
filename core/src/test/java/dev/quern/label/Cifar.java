package dev.quern.label;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.format.json.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * The test set of CIFAR-10 with out-of-sample probabilities and the votes of five reviewers on 275
 * of its labels (github.com/cleanlab/label-errors).
 *
 * @param labels as given
 * @param probabilities of each class
 * @param reviews by position
 */
record Cifar(int[] labels, double[][] probabilities, List<Review> reviews) {
  /** Votes for the given label, for the guessed one, for both and for neither. */
  record Review(int position, int given, int guessed, int both, int neither) {
    /** A label is an error where fewer than 3 of 5 voted for it. */
    boolean isError() {
      return given < 3;
    }
  }

  static Cifar read() throws IOException {
    ByteBuffer given = array("cifar10_test_set_original_labels.npy");
    ByteBuffer all = array("cifar10_test_set_pyx.npy");
    int[] labels = new int[10_000];
    double[][] probabilities = new double[10_000][10];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = given.getShort();
      for (int k = 0; k < 10; k++) {
        probabilities[i][k] = all.getDouble();
      }
    }
    List<Review> reviews = new ArrayList<>();
    for (Object entry : Json.list(Json.parse(Files.readString(file("cifar10_mturk.json"))))) {
      Map<String, @Nullable Object> review = Json.object(entry);
      Map<String, @Nullable Object> votes = Json.object(review.get("mturk"));
      reviews.add(
          new Review(
              whole(review, "id"),
              whole(votes, "given"),
              whole(votes, "guessed"),
              whole(votes, "both"),
              whole(votes, "neither")));
    }
    return new Cifar(labels, probabilities, reviews);
  }

  private static int whole(Map<String, @Nullable Object> map, String name) {
    return ((Long) java.util.Objects.requireNonNull(map.get(name))).intValue();
  }

  /** The values of a NumPy file, behind its header. */
  private static ByteBuffer array(String name) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file(name)));
    bytes.order(ByteOrder.LITTLE_ENDIAN);
    return bytes.position(10 + bytes.getShort(8)).slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  private static Path file(String name) {
    Path data = Path.of(System.getProperty("quern.data", "../shared/data"));
    Path path = data.resolve("labels-errors-cifar10").resolve(name);
    if (!Files.exists(path)) {
      assertThat(System.getenv("CI")).as("data must be there in CI: " + path).isNull();
      Assumptions.abort("data are absent: " + path);
    }
    return path;
  }
}
