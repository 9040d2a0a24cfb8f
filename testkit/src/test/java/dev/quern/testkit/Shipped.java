package dev.quern.testkit;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.core.importer.Locations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** The classes of all modules; those of the Spark engine are looked at where they were built. */
final class Shipped {
  private Shipped() {}

  static JavaClasses classes() {
    Path spark = Path.of(System.getProperty("quern.spark.classes"));
    if (!Files.isDirectory(spark)) {
      throw new AssertionError("the Spark engine must be built before; found: none");
    }
    Set<Location> all = new HashSet<>(Locations.ofPackage("dev.quern"));
    all.add(Location.of(spark));
    return new ClassFileImporter()
        .withImportOption(location -> !location.contains("/test-classes/"))
        .withImportOption(location -> !location.contains("/dev/quern/testkit/"))
        .importLocations(all);
  }
}
