@NullMarked
package dev.quern.format.csv;

import org.jspecify.annotations.NullMarked;
