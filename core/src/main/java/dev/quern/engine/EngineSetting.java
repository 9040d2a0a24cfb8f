package dev.quern.engine;

import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * What an engine works with. Results depend on seed and code alone.
 *
 * @param threads workers in this process, at least 1
 * @param memoryBytes bytes that buffers of this process may hold in all
 * @param morselBytes wanted size of a morsel in decoded bytes; empty to derive it from the input
 * @param resolver the code of tasks in this process
 * @param shipper sends the code of tasks to other processes
 * @param run the seed of the run
 * @param versions reads points stored as Parquet in this process
 * @param files how what passes keep is written and read
 * @param scratch a folder for files that do not outlive the run; made when it is needed
 */
public record EngineSetting(
    int threads,
    long memoryBytes,
    OptionalLong morselBytes,
    TaskResolver resolver,
    TaskShipper shipper,
    RunContext run,
    Function<Stored, Reading> versions,
    SampleFiles files,
    Path scratch) {}
