package dev.quern.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.format.json.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProfileChangesTest {
  private static final String BEFORE =
      """
      {"age": {"samples": 10, "missing": 2, "mean": 40.5, "quantile": [{"part": "0.5", "value": 40}],
        "suspicious": [{"part": "sentinel 999", "value": 5}]},
       "gone": {"samples": 10},
       "": {"duplicates": 3}}
      """;

  private static final String AFTER =
      """
      {"age": {"samples": 10, "missing": 0, "mean": 40.5, "quantile": [{"part": "0.5", "value": 41}]},
       "": {"duplicates": 3}}
      """;

  @Test
  void whatDiffersIsToldFieldByFieldAndNothingElse() {
    assertThat(ProfileChanges.between(plain(BEFORE), plain(AFTER)))
        .containsExactly(
            new ProfileChanges.Change("age", "missing", "", 2.0, 0.0),
            new ProfileChanges.Change("age", "quantile", "0.5", 40.0, 41.0),
            new ProfileChanges.Change("age", "suspicious", "sentinel 999", 5.0, null),
            new ProfileChanges.Change("gone", "samples", "", 10.0, null));
  }

  @Test
  void aProfileDoesNotDifferFromItself() {
    assertThat(ProfileChanges.between(plain(BEFORE), plain(BEFORE))).isEmpty();
  }

  private static Map<String, @Nullable Object> plain(String json) {
    return Json.parseObject(json);
  }
}
