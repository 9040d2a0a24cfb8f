/**
 * Classes that break the floors on purpose; read {@link dev.quern.testkit.planted.quality.Careless}
 * first.
 */
package dev.quern.testkit.planted;
