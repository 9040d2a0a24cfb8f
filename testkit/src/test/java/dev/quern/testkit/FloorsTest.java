package dev.quern.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The design's floors hold over everything that is shipped. */
class FloorsTest {
  /** Grows with the house: a rule that sees few classes proves nothing. */
  private static final int CLASSES = 700;

  private static final JavaClasses SHIPPED = Shipped.classes();

  private final Floors floors = new Floors(SHIPPED, "dev.quern");

  @Test
  void theRulesSeeTheWholeHouse() {
    assertThat(SHIPPED.size()).isGreaterThan(CLASSES);
  }

  @Test
  void everyPackageHasAFloor() {
    assertThat(floors.packagesHaveAFloor()).isEmpty();
  }

  @Test
  void importsPointDown() {
    assertThat(floors.importsPointDown()).isEmpty();
  }

  @Test
  void packagesAreFreeOfCycles() {
    assertThat(floors.packagesAreFreeOfCycles()).isEmpty();
  }

  @Test
  void stagePackagesNeverImportEachOther() {
    assertThat(floors.stagesNeverImportEachOther()).isEmpty();
  }

  @Test
  void operatorsKnowNoEngineAndNoRun() {
    assertThat(floors.operatorsKnowNoEngineAndNoRun()).isEmpty();
  }

  @Test
  void onlyTheAppChoosesSpark() {
    assertThat(floors.onlyTheAppChoosesSpark()).isEmpty();
  }

  @Test
  void noPackageIsAHomeWithoutAMeaning() {
    assertThat(floors.packagesHaveAMeaning()).isEmpty();
  }

  @Test
  void everyPackageIsNullMarked() {
    assertThat(floors.packagesAreNullMarked()).isEmpty();
  }

  @Test
  void randomnessHasASeed() {
    assertThat(floors.randomnessHasASeed()).isEmpty();
  }

  @Test
  void onlyTheOutsideReadsTheClock() {
    assertThat(floors.onlyTheOutsideReadsTheClock()).isEmpty();
  }

  @Test
  void onlyTheAppTalksToTheProcess() {
    assertThat(floors.onlyTheAppTalksToTheProcess()).isEmpty();
  }

  @Test
  void operatorsStartNoThreads() {
    assertThat(floors.operatorsStartNoThreads()).isEmpty();
  }

  @Test
  void operatorsAreRecords() {
    assertThat(floors.operatorsAreRecords()).isEmpty();
  }

  @Test
  void everyPackageSaysInOneSentenceWhatItHolds() throws IOException {
    List<String> violations = new ArrayList<>();
    for (Path file : packageInfos()) {
      String source = Files.readString(file);
      if (!source.startsWith("/**") || !source.contains("@NullMarked")) {
        violations.add(file + " must start with a javadoc sentence and be @NullMarked");
      }
    }
    assertThat(violations).isEmpty();
  }

  private static List<Path> packageInfos() throws IOException {
    Path root = Path.of(System.getProperty("quern.root"));
    List<Path> found = new ArrayList<>();
    for (String module : List.of("core", "operators", "models", "app", "testkit")) {
      Path sources = root.resolve(module).resolve("src/main/java");
      if (Files.isDirectory(sources)) {
        try (Stream<Path> files = Files.walk(sources)) {
          files.filter(file -> file.endsWith("package-info.java")).sorted().forEach(found::add);
        }
      }
    }
    assertThat(found).as("package-info.java below %s", root).isNotEmpty();
    return found;
  }
}
