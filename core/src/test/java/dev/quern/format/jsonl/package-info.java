@NullMarked
package dev.quern.format.jsonl;

import org.jspecify.annotations.NullMarked;
