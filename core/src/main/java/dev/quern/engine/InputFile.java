package dev.quern.engine;

import java.io.Serializable;

/**
 * A file of a source.
 *
 * @param name relative to the source, with {@code /}: part of sample ids and places
 * @param path absolute path on this machine
 * @param bytes size as stored
 * @param modified time of last change, ms since the epoch
 */
public record InputFile(String name, String path, long bytes, long modified)
    implements Serializable {}
