package dev.quern.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.engine.DataException;
import dev.quern.operator.Fit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredFitsTest {
  @TempDir private Path folder;

  @Test
  void whatWasLearntIsReadBack() throws IOException {
    StoredFits fits = new Workspace(folder).fits();
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("mean", 0.1 + 0.2);
    values.put("count", Long.MAX_VALUE);
    values.put("words", Arrays.asList("文", null, "a\u0000b"));
    values.put("nested", Map.of("x", List.of(1.5, 2L, true)));
    fits.put("a/key with : anything", "02-quality.impute", "quality.impute", new Fit(values));
    for (StoredFits reader : List.of(fits, new Workspace(folder).fits())) {
      Manifest.Learnt learnt = reader.find("a/key with : anything").orElseThrow();
      assertThat(learnt.step()).isEqualTo("02-quality.impute");
      assertThat(learnt.operator()).isEqualTo("quality.impute");
      assertThat(reader.fit("a/key with : anything").values()).isEqualTo(values);
    }
  }

  @Test
  void aFitThatIsNotStoredIsAbsent() throws IOException {
    StoredFits fits = new Workspace(folder).fits();
    assertThat(fits.find("k")).isEqualTo(Optional.empty());
    assertThatThrownBy(() -> fits.fit("k"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("fit must be stored; found: none for k");
  }

  @Test
  void damageIsNamed() throws IOException {
    new Workspace(folder).fits().put("k", "s", "o", new Fit(Map.of("secret value", 1L)));
    Path file;
    try (var files = Files.list(folder.resolve("work/fits"))) {
      file = files.findFirst().orElseThrow();
    }
    Files.writeString(file, "{\"step\": \"s\", \"secret value");
    assertThatThrownBy(() -> new Workspace(folder).fits().fit("k"))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("work/fits/" + file.getFileName() + " must be a fit; found: damage")
        .hasMessageNotContaining("secret")
        .hasNoCause();
  }
}
