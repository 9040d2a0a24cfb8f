/** JSON as plain Java values and back; read {@link dev.quern.format.json.Json} first. */
@NullMarked
package dev.quern.format.json;

import org.jspecify.annotations.NullMarked;
