/** Kernels measured by JMH; read {@link dev.quern.bench.ReaderKernels} first. */
@NullMarked
package dev.quern.bench;

import org.jspecify.annotations.NullMarked;
