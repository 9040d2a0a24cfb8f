package dev.quern.engine;

import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** What this process has taken of the machine, as JVM and system tell it. */
public final class ProcessUse {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final boolean TELLS_THREADS = THREADS.isCurrentThreadCpuTimeSupported();
  private static final Path STATUS = Path.of("/proc/self/status");

  private ProcessUse() {}

  /**
   * Returns user and system time of all threads in nanoseconds, those of the JVM included; 0 where
   * the JVM cannot tell.
   */
  public static long cpuNanos() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean machine
        ? Math.max(0, machine.getProcessCpuTime())
        : 0;
  }

  /**
   * Returns the CPU time of this thread in nanoseconds, elapsed time where the JVM cannot tell: of
   * use as a difference only. Asking takes about 1 µs.
   */
  public static long threadNanos() {
    return TELLS_THREADS ? THREADS.getCurrentThreadCpuTime() : System.nanoTime();
  }

  /** Returns the time threads stood still or worked for garbage collection, in nanoseconds. */
  public static long collectorNanos() {
    long millis = 0;
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      millis += Math.max(0, collector.getCollectionTime());
    }
    return millis * 1_000_000L;
  }

  /**
   * Returns the most that was used of the heap, in bytes: an upper bound, for its pools need not
   * have been fullest at one time.
   */
  public static long peakHeapBytes() {
    long peak = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      if (pool.getType() == MemoryType.HEAP && pool.getPeakUsage() != null) {
        peak += pool.getPeakUsage().getUsed();
      }
    }
    return Math.min(peak, Runtime.getRuntime().maxMemory());
  }

  /** Returns the bytes of memory the system has given to this process; known on Linux. */
  public static OptionalLong residentBytes() {
    return status("VmRSS:");
  }

  /** Returns the most memory this process ever had, in bytes; known on Linux. */
  public static OptionalLong peakResidentBytes() {
    return status("VmHWM:");
  }

  /** Lines are such as {@code VmHWM: 123 kB}, see proc(5). */
  private static OptionalLong status(String name) {
    try {
      for (String line : Files.readString(STATUS, StandardCharsets.ISO_8859_1).split("\n", -1)) {
        if (line.startsWith(name) && line.endsWith(" kB")) {
          String kib = line.substring(name.length(), line.length() - 3).trim();
          return OptionalLong.of(Long.parseLong(kib) << 10);
        }
      }
      return OptionalLong.empty();
    } catch (IOException | NumberFormatException e) {
      return OptionalLong.empty(); // Another system than Linux does not tell it here.
    }
  }
}
