/** Tests of runs and their reports. See {@link dev.quern.run.ReportPageTest}. */
@NullMarked
package dev.quern.run;

import org.jspecify.annotations.NullMarked;
