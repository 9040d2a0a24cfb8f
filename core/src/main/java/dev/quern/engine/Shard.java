package dev.quern.engine;

import java.io.Serializable;

/**
 * One file of stored samples.
 *
 * @param path absolute, or relative to the workspace in manifests
 * @param sha256 of the whole file, 64 hexadecimal digits
 * @param samples how many samples it holds
 * @param bytes its size
 */
public record Shard(String path, String sha256, long samples, long bytes) implements Serializable {}
