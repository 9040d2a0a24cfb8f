package dev.quern.cli;

import ai.onnxruntime.OrtEnvironment;
import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Looks whether this machine has what Quern needs; every line is ok or names a fix. */
@Command(name = "doctor")
final class DoctorCommand implements Action {
  private static final long LEAST_HEAP = 512L << 20;
  private static final long LEAST_DISK = 1L << 30;

  @Option(names = "--json", descriptionKey = "json")
  boolean json;

  /**
   * What was found.
   *
   * @param topic key of its name
   * @param found what there is
   * @param fix what to do, if it must be better
   */
  private record Finding(String topic, String found, Optional<String> fix) {}

  @Override
  public int run(Session session) throws Exception {
    Path workspace = session.workspace();
    List<Finding> findings = new ArrayList<>();
    findings.add(java(session));
    findings.add(vectors(session));
    findings.add(memory(session));
    findings.add(disk(session, workspace));
    findings.add(writable(session, workspace));
    findings.add(zstd(session));
    findings.add(onnx(session));
    findings.add(encoding(session));
    findings.add(operators(session, workspace));
    print(findings, session);
    boolean well = findings.stream().allMatch(finding -> finding.fix().isEmpty());
    return well ? Exit.DONE : Exit.DATA;
  }

  private void print(List<Finding> findings, Session session) {
    if (json) {
      List<Map<String, @Nullable Object>> all = new ArrayList<>();
      for (Finding finding : findings) {
        Map<String, @Nullable Object> one = new LinkedHashMap<>();
        one.put("topic", finding.topic());
        one.put("status", finding.fix().isEmpty() ? "ok" : "problem");
        one.put("found", finding.found());
        one.put("fix", finding.fix().orElse(null));
        all.add(one);
      }
      session.json(all);
      return;
    }
    Table table =
        new Table(
            session.text("doctor.topic"),
            session.text("doctor.state"),
            session.text("doctor.found"));
    for (Finding finding : findings) {
      String state = finding.fix().isEmpty() ? "doctor.ok" : "doctor.problem";
      String fix = finding.fix().map(f -> "; " + session.text("doctor.fix", f)).orElse("");
      table.row(
          session.text("doctor." + finding.topic()), session.text(state), finding.found() + fix);
    }
    table.print(session.out());
  }

  private static Finding java(Session session) {
    String found =
        System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version");
    boolean fits = Runtime.version().feature() >= 17;
    return finding("java", found, fits, session.text("doctor.java.fix"));
  }

  private static Finding vectors(Session session) {
    boolean there = ModuleFinder.ofSystem().find("jdk.incubator.vector").isPresent();
    String found = there ? "jdk.incubator.vector" : session.text("doctor.none");
    return finding("vectors", found, there, session.text("doctor.vectors.fix"));
  }

  private static Finding memory(Session session) {
    long heap = Runtime.getRuntime().maxMemory();
    String found = session.text("doctor.memory.found", Amounts.bytes((double) heap));
    return finding("memory", found, heap >= LEAST_HEAP, session.text("doctor.memory.fix"));
  }

  private static Finding disk(Session session, Path workspace) throws IOException {
    Path folder = existing(workspace);
    long free = Files.getFileStore(folder).getUsableSpace();
    String found = session.text("doctor.disk.found", Amounts.bytes((double) free), folder);
    return finding("disk", found, free >= LEAST_DISK, session.text("doctor.disk.fix"));
  }

  private static Finding writable(Session session, Path workspace) {
    Path folder = existing(workspace);
    boolean works;
    try {
      Path file = Files.createTempFile(folder, "quern-doctor", ".tmp");
      Path moved = file.resolveSibling(file.getFileName() + ".moved");
      Files.move(file, moved, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
      Files.delete(moved);
      works = true;
    } catch (IOException e) {
      works = false;
    }
    return finding("writable", folder.toString(), works, session.text("doctor.writable.fix"));
  }

  /** Returns {@code folder} or the nearest folder above that exists. */
  private static Path existing(Path folder) {
    Path path = folder.toAbsolutePath();
    while (!Files.isDirectory(path) && path.getParent() != null) {
      path = path.getParent();
    }
    return path;
  }

  private static Finding zstd(Session session) {
    byte[] plain = "quern quern quern".getBytes(StandardCharsets.US_ASCII);
    String found;
    boolean works;
    try {
      byte[] back = Zstd.decompress(Zstd.compress(plain), plain.length);
      works = Arrays.equals(plain, back);
      found = "zstd-jni";
    } catch (LinkageError | RuntimeException e) {
      works = false;
      found = e.getClass().getSimpleName();
    }
    return finding("zstd", found, works, session.text("doctor.natives.fix"));
  }

  private static Finding onnx(Session session) {
    String found;
    boolean works;
    try {
      found = "ONNX Runtime " + OrtEnvironment.getEnvironment().getVersion();
      works = true;
    } catch (LinkageError | RuntimeException e) {
      found = e.getClass().getSimpleName();
      works = false;
    }
    return finding("onnx", found, works, session.text("doctor.natives.fix"));
  }

  private static Finding encoding(Session session) {
    String encoding = System.getProperty("native.encoding", Charset.defaultCharset().name());
    String found = session.outside().locale().toLanguageTag() + ", " + encoding;
    boolean fits = Charset.forName(encoding).equals(StandardCharsets.UTF_8);
    return finding("locale", found, fits, session.text("doctor.locale.fix"));
  }

  private static Finding operators(Session session, Path workspace) throws IOException {
    String found;
    boolean works;
    try {
      int count = session.registry(workspace).operators().size();
      found = session.text("doctor.operators.found", count);
      works = count > 0;
    } catch (java.util.ServiceConfigurationError | IllegalStateException e) {
      found = e.getClass().getSimpleName();
      works = false;
    }
    return finding("operators", found, works, session.text("doctor.operators.fix"));
  }

  private static Finding finding(String topic, String found, boolean fits, String fix) {
    return new Finding(topic, found, fits ? Optional.empty() : Optional.of(fix));
  }
}
