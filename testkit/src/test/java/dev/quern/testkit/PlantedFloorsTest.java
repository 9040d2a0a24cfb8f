package dev.quern.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

/** Each rule of the floors finds the fault that was planted for it. */
class PlantedFloorsTest {
  private static final String BASE = "dev.quern.testkit.planted";
  private static final String CARELESS = BASE + ".quality.Careless";

  private final Floors floors = new Floors(new ClassFileImporter().importPackages(BASE), BASE);

  @Test
  void findsAPackageWithoutAFloorOrAMeaning() {
    assertThat(floors.packagesHaveAFloor())
        .containsExactly(BASE + ".util must be a package of the design's floors");
    assertThat(floors.packagesHaveAMeaning())
        .containsExactly(BASE + ".util must be named after what it holds");
  }

  @Test
  void findsAnImportThatPointsUp() {
    assertThat(floors.importsPointDown())
        .containsExactly(
            BASE + ".data.Upward must not import from the higher floor " + BASE + ".run.Clockwork");
  }

  @Test
  void findsACycle() {
    assertThat(floors.packagesAreFreeOfCycles()).hasSize(1);
    assertThat(floors.packagesAreFreeOfCycles().get(0)).contains("Upward", "Clockwork");
  }

  @Test
  void findsAStageThatImportsAStage() {
    assertThat(floors.stagesNeverImportEachOther())
        .containsExactly(
            CARELESS + " is a stage and must not import the stage " + BASE + ".privacy.Mask");
  }

  @Test
  void findsAnOperatorThatKnowsTheEngine() {
    assertThat(floors.operatorsKnowNoEngineAndNoRun())
        .containsExactly(CARELESS + " is a stage and must not know " + BASE + ".engine.local.Pool");
  }

  @Test
  void findsAChoiceOfSparkBelowTheApp() {
    assertThat(floors.onlyTheAppChoosesSpark())
        .containsExactly(
            BASE + ".store.Remote must not import the Spark engine " + BASE + ".spark.Cluster");
  }

  @Test
  void findsPackagesThatAreNotNullMarked() {
    assertThat(floors.packagesAreNullMarked())
        .contains(BASE + ".data must have a package-info.java with @NullMarked")
        .hasSize(9);
  }

  @Test
  void findsDrawsWithoutASeed() {
    assertThat(floors.randomnessHasASeed())
        .containsExactly(
            CARELESS + " draws without the run's seed: java.lang.Math.random",
            CARELESS + " draws without the run's seed: java.util.Random.<init>",
            CARELESS + " draws without the run's seed: java.util.Random.nextLong",
            BASE + ".run.Clockwork draws without the run's seed: java.util.UUID.randomUUID");
  }

  @Test
  void findsClocksBelowTheRunEvenAsMethodReferences() {
    assertThat(floors.onlyTheOutsideReadsTheClock())
        .containsExactly(
            CARELESS + " reads the clock: java.time.Instant.now",
            CARELESS + " times itself: java.lang.System.nanoTime");
  }

  @Test
  void findsStreamsEnvironmentAndThreadsInAnOperator() {
    assertThat(floors.onlyTheAppTalksToTheProcess())
        .containsExactly(
            CARELESS + " uses the process's streams, environment or exit: java.lang.System.getenv",
            CARELESS + " uses the process's streams, environment or exit: java.lang.System.out");
    assertThat(floors.operatorsStartNoThreads())
        .containsExactly(
            CARELESS + " starts threads: java.lang.Thread.<init>",
            CARELESS + " starts threads: java.lang.Thread.start",
            CARELESS + " starts threads: java.util.List.parallelStream");
  }

  @Test
  void findsAnOperatorThatIsNoRecord() {
    assertThat(floors.operatorsAreRecords())
        .containsExactly(CARELESS + " is an operator and must be a record");
  }
}
