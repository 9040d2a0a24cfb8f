/**
 * Files of a source: found, fetched, decompressed, decoded to UTF-8 and cut into morsels between
 * records; read {@link dev.quern.format.source.SourceFiles}, {@link
 * dev.quern.format.source.FileReading} and {@link dev.quern.format.source.RecordFormat} first.
 */
@NullMarked
package dev.quern.format.source;

import org.jspecify.annotations.NullMarked;
