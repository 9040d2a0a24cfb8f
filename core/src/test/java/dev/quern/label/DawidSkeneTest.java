package dev.quern.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.quern.format.json.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Dawid and Skene against another implementation, on sixty items of five annotators. */
class DawidSkeneTest {

  @ParameterizedTest
  @EnumSource(DawidSkene.Annotators.class)
  void findsTheClassesAndTheErrorsOfAnnotators(DawidSkene.Annotators annotators)
      throws IOException {
    Map<String, @Nullable Object> reference =
        Json.object(reference().get(annotators.name().toLowerCase(Locale.ROOT)));
    DawidSkene found = DawidSkene.of(votes(), annotators);
    assertThat(found.classes()).containsExactly("0", "1", "2");
    assertThat(found.shares()).containsExactly(doubles(reference.get("shares")), within(1e-6));
    List<@Nullable Object> confusions = Json.list(reference.get("confusions"));
    assertThat(found.confusions()).hasNumberOfRows(confusions.size());
    for (int k = 0; k < confusions.size(); k++) {
      List<@Nullable Object> rows = Json.list(confusions.get(k));
      for (int j = 0; j < rows.size(); j++) {
        assertThat(found.confusions()[k][j]).containsExactly(doubles(rows.get(j)), within(1e-6));
      }
    }
    List<@Nullable Object> labels = Json.list(reference.get("labels"));
    for (int i = 0; i < labels.size(); i++) {
      double[] posterior = found.posterior(patterns().get(i).votes()).orElseThrow();
      assertThat((Object) (long) Probabilities.largest(posterior)).isEqualTo(labels.get(i));
    }
  }

  @Test
  void itKnowsTheBetterAnnotators() throws IOException {
    DawidSkene found = DawidSkene.of(votes(), DawidSkene.Annotators.APART);
    assertThat(found.accuracy(0)).isGreaterThan(.9);
    assertThat(found.accuracy(0)).isGreaterThan(found.accuracy(2));
    assertThat(found.accuracy(2)).isGreaterThan(found.accuracy(4));
  }

  @Test
  void anItemWithoutVotesHasNoClass() throws IOException {
    DawidSkene found = DawidSkene.of(votes(), DawidSkene.Annotators.APART);
    assertThat(found.posterior(java.util.Collections.nCopies(5, Optional.empty()))).isEmpty();
    assertThat(DawidSkene.of(new VotePatterns(2), DawidSkene.Annotators.APART).classes()).isEmpty();
  }

  @Test
  void statesOfPartsMergeToTheStateOfTheWhole() throws IOException {
    byte[] whole = null;
    for (int cut : new int[] {0, 7, 60}) {
      VotePatterns left = new VotePatterns(5);
      VotePatterns right = new VotePatterns(5);
      List<VotePatterns.Pattern> all = patterns();
      for (int i = 0; i < all.size(); i++) {
        (i < cut ? left : right).add(all.get(i), 1);
      }
      right.merge(left);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      right.write(new DataOutputStream(bytes));
      right.coincidences().write(new DataOutputStream(bytes));
      whole = whole == null ? bytes.toByteArray() : whole;
      assertThat(bytes.toByteArray()).isEqualTo(whole);
    }
    DataInputStream in =
        new DataInputStream(new ByteArrayInputStream(Objects.requireNonNull(whole)));
    assertThat(VotePatterns.read(in, 5).items()).isEqualTo(votes().items());
    assertThat(Coincidences.read(in).items()).isEqualTo(votes().coincidences().items());
    assertThat(in.available()).isZero();
  }

  private static VotePatterns votes() throws IOException {
    VotePatterns votes = new VotePatterns(5);
    patterns().forEach(pattern -> votes.add(pattern, 1));
    return votes;
  }

  private static List<VotePatterns.Pattern> patterns() throws IOException {
    List<VotePatterns.Pattern> patterns = new ArrayList<>();
    for (Object item : Json.list(reference().get("votes"))) {
      List<Optional<String>> votes = new ArrayList<>();
      Json.list(item).forEach(vote -> votes.add(Optional.ofNullable(vote).map(Object::toString)));
      patterns.add(new VotePatterns.Pattern(votes));
    }
    return patterns;
  }

  private static double[] doubles(@Nullable Object list) {
    return Json.list(list).stream()
        .mapToDouble(value -> ((Number) Objects.requireNonNull(value)).doubleValue())
        .toArray();
  }

  private static Map<String, @Nullable Object> reference() throws IOException {
    try (InputStream in = DawidSkeneTest.class.getResourceAsStream("/label/dawid_skene.json")) {
      return Json.parseObject(
          new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
