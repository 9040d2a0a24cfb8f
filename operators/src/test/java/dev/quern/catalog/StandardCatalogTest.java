package dev.quern.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.operator.ClassCatalog;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Registry;
import dev.quern.quality.Trim;
import java.util.List;
import org.junit.jupiter.api.Test;

class StandardCatalogTest {

  @Test
  void everyOperatorIsCalledAsItsClass() {
    StandardCatalog catalog = new StandardCatalog();
    assertThat(catalog.operators())
        .extracting(OperatorSpec::name)
        .containsExactlyElementsOf(catalog.names())
        .contains("acquire.csv", "quality.score_filter", "privacy.k_anonymity");
  }

  @Test
  void oneIsFoundWithoutTheOthers() {
    Registry registry = new Registry(List.of(new StandardCatalog()));
    assertThat(registry.find("quality.trim")).containsSame(Trim.SPEC);
    assertThat(registry.find("quality.trimm")).isEmpty();
  }

  @Test
  void namesThatStandTwiceAreRefused() {
    assertThatThrownBy(() -> new Twice(List.of(Trim.class), List.of(Trim.class)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("operator names must be unique; found twice: quality.trim");
    assertThatThrownBy(
            () -> new Registry(List.of(new StandardCatalog(), new Twice(List.of(Trim.class)))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "operator names must be unique; found twice: quality.trim, again in "
                + Twice.class.getName());
  }

  @Test
  void classesWithoutADescriptionAreRefused() {
    ClassCatalog catalog = new Twice(List.of(StandardCatalog.class));
    assertThatThrownBy(() -> catalog.find("catalog.standard_catalog"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "dev.quern.catalog.StandardCatalog must be public and have a public static field SPEC");
  }

  private static final class Twice extends ClassCatalog {
    @SafeVarargs
    private Twice(List<Class<?>>... stages) {
      super(stages);
    }
  }
}
