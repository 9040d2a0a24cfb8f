package dev.quern.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a pass has done.
 *
 * @param stored the samples written, empty shards list where they were not stored
 * @param digest the logical digest of the samples, 64 hexadecimal digits; empty for {@code None}
 * @param states the written state of each fold, in the order of the pass
 * @param steps counts by step label, in step order along the way
 * @param splits samples by split of what was written, indexed by {@code Split.code()}
 * @param dropped files with one JSON line per dropped sample: step, id, reason, measured and, if
 *     the pass keeps it, the sample; none if the pass keeps nothing of them
 * @param changed files with one JSON line per changed cell: step, id, field, rule, confidence and,
 *     if the pass keeps them, the values; none if the pass keeps nothing of them
 * @param quarantined files with one JSON line per quarantined sample
 * @param cost what the pass took
 */
public record PassResult(
    Stored stored,
    String digest,
    List<byte[]> states,
    Map<String, StepCounts> steps,
    long[] splits,
    List<Path> dropped,
    List<Path> changed,
    List<Path> quarantined,
    Cost cost) {}
