package dev.quern.server;

import dev.quern.engine.ProcessUse;
import dev.quern.server.PrometheusText.Kind;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.TreeMap;

/**
 * What the process takes, under the names that Prometheus' own clients use ({@code process_…},
 * {@code jvm_…}), so that the usual dashboards and alerts work.
 */
final class ProcessMetrics {
  private ProcessMetrics() {}

  static void add(PrometheusText out, String version) {
    out.family("quern_build_info", Kind.GAUGE, "Always 1; says which version runs.");
    out.value(1, "version", version, "java", System.getProperty("java.version", ""));
    process(out);
    memory(out);
    collections(out);
    out.family("jvm_threads_current", Kind.GAUGE, "Threads that live.");
    out.value(ManagementFactory.getThreadMXBean().getThreadCount());
  }

  private static void process(PrometheusText out) {
    out.family("process_cpu_seconds_total", Kind.COUNTER, "User and system time of the process.");
    out.value(ProcessUse.cpuNanos() / 1e9);
    out.family("process_start_time_seconds", Kind.GAUGE, "When it began, since the epoch.");
    out.value(ManagementFactory.getRuntimeMXBean().getStartTime() / 1e3);
    ProcessUse.residentBytes()
        .ifPresent(
            bytes ->
                out.family("process_resident_memory_bytes", Kind.GAUGE, "Memory it has.")
                    .value(bytes));
    ProcessUse.peakResidentBytes()
        .ifPresent(
            bytes ->
                out.family("quern_process_resident_memory_peak_bytes", Kind.GAUGE, "Most it had.")
                    .value(bytes));
    if (ManagementFactory.getOperatingSystemMXBean()
        instanceof com.sun.management.UnixOperatingSystemMXBean machine) {
      out.family("process_open_fds", Kind.GAUGE, "Files and connections it holds open.");
      out.value(machine.getOpenFileDescriptorCount());
      out.family("process_max_fds", Kind.GAUGE, "Files and connections it may hold open.");
      out.value(machine.getMaxFileDescriptorCount());
    }
  }

  private static void memory(PrometheusText out) {
    MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    MemoryUsage other = ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage();
    out.family("jvm_memory_used_bytes", Kind.GAUGE, "Memory in use.");
    out.value(heap.getUsed(), "area", "heap").value(other.getUsed(), "area", "nonheap");
    out.family("jvm_memory_committed_bytes", Kind.GAUGE, "Memory set aside.");
    out.value(heap.getCommitted(), "area", "heap");
    out.value(other.getCommitted(), "area", "nonheap");
    // -1 says that there is no limit, as in Prometheus' own client.
    out.family("jvm_memory_max_bytes", Kind.GAUGE, "Memory that may be used, -1 if unlimited.");
    out.value(heap.getMax(), "area", "heap").value(other.getMax(), "area", "nonheap");
    out.family("jvm_buffer_pool_used_bytes", Kind.GAUGE, "Buffers outside the heap.");
    TreeMap<String, Long> pools = new TreeMap<>();
    for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
      pools.put(pool.getName(), Math.max(0, pool.getMemoryUsed()));
    }
    pools.forEach((pool, bytes) -> out.value(bytes, "pool", pool));
  }

  private static void collections(PrometheusText out) {
    out.family("jvm_gc_collection_seconds", Kind.SUMMARY, "Time of garbage collection.");
    List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();
    for (GarbageCollectorMXBean collector : collectors) {
      String name = collector.getName();
      out.part("_count", Math.max(0, collector.getCollectionCount()), "gc", name);
      out.part("_sum", Math.max(0, collector.getCollectionTime()) / 1e3, "gc", name);
    }
  }
}
