/**
 * Samples as JSON: one object a line, or the elements of one array; read {@link
 * dev.quern.format.jsonl.JsonlFormat} first.
 */
@NullMarked
package dev.quern.format.jsonl;

import org.jspecify.annotations.NullMarked;
