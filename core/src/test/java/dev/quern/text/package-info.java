@NullMarked
package dev.quern.text;

import org.jspecify.annotations.NullMarked;
