@NullMarked
package dev.quern.format.source;

import org.jspecify.annotations.NullMarked;
