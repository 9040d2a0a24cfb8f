package dev.quern.run;

import java.lang.management.ManagementFactory;

/** The CPU time of this process. */
final class Cpu {
  private Cpu() {}

  /** Returns user and system time of the process in nanoseconds, 0 where the JVM cannot tell. */
  static long process() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean bean
        ? Math.max(0, bean.getProcessCpuTime())
        : 0;
  }
}
