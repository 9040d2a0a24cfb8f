package dev.quern.cli;

import dev.quern.format.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A Chromium without a window, without a network and without a profile. */
final class Browser {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

  /** The page is looked at from around it, because it executes nothing itself. */
  private static final String AROUND =
      """
      <!doctype html><meta charset="utf-8"><body style="margin:0">
      <iframe id="f" style="border:0;width:%dpx;height:800px" src="%s"></iframe>
      <pre id="facts"></pre><script>
      window.onload = () => {
        const w = document.getElementById('f').contentWindow, d = w.document;
        const all = s => [...d.querySelectorAll(s)];
        const tables = {};
        for (const t of all('table')) tables[t.className] = [...(tables[t.className] || []),
          ...[...t.tBodies[0].rows].map(r => [...r.cells].map(c => c.innerText.trim()))];
        const tiles = {};
        for (const t of all('.tile')) tiles[t.dataset.of] = t.querySelector('b').innerText;
        const facts = {
          lang: d.documentElement.lang, title: d.title,
          width: d.documentElement.scrollWidth, height: d.documentElement.scrollHeight,
          over: all('section,header,.tile,.notice,pre')
            .filter(e => e.scrollWidth > e.clientWidth + 1)
            .map(e => (e.id || e.className || e.tagName) + ' ' + e.scrollWidth + ' > ' + e.clientWidth),
          requests: w.performance.getEntriesByType('resource').map(e => e.name),
          outside: all('[src],[href]').map(e => e.getAttribute('src') || e.getAttribute('href'))
            .filter(u => !u.startsWith('#') && u !== 'data:,'),
          scripts: all('script').length, svgs: all('svg').length,
          sections: all('section').map(e => e.id), tables: tables, tiles: tiles,
          text: all('header,.notice,.tiles,section:not(#recipe)').map(e => e.innerText).join('\\n') };
        const bytes = new TextEncoder().encode(JSON.stringify(facts));
        let s = ''; for (const b of bytes) s += String.fromCharCode(b);
        document.getElementById('facts').textContent = btoa(s);
      };
      </script>
      """;

  private final String program;
  private final Path folder;

  private Browser(String program, Path folder) {
    this.program = program;
    this.folder = folder;
  }

  /** Returns the browser of this machine, which keeps its files in {@code folder}. */
  static Optional<Browser> find(Path folder) {
    for (String place : System.getenv().getOrDefault("PATH", "").split(":")) {
      for (String name : NAMES) {
        Path program = Path.of(place).resolve(name);
        if (Files.isExecutable(program)) {
          return Optional.of(new Browser(program.toString(), folder));
        }
      }
    }
    return Optional.empty();
  }

  /** Returns what the page shows at {@code width} pixels. */
  Map<String, @Nullable Object> facts(Path page, int width)
      throws IOException, InterruptedException {
    Path around = folder.resolve("around-" + width + "-" + page.getFileName());
    Files.writeString(around, AROUND.formatted(width, page.toUri()), StandardCharsets.UTF_8);
    String size = "--window-size=" + (width + 100) + ",900";
    List<String> options =
        List.of("--allow-file-access-from-files", "--virtual-time-budget=5000", size, "--dump-dom");
    String dom = run(around, options);
    int from = dom.indexOf("<pre id=\"facts\">") + "<pre id=\"facts\">".length();
    byte[] facts = Base64.getDecoder().decode(dom.substring(from, dom.indexOf("</pre>", from)));
    return Json.parseObject(new String(facts, StandardCharsets.UTF_8));
  }

  /** Returns what the page shows on A4 paper: its print style on the width between the margins. */
  Map<String, @Nullable Object> paper(Path page) throws IOException, InterruptedException {
    String printed =
        Files.readString(page, StandardCharsets.UTF_8).replace("@media print", "@media all");
    Path copy = folder.resolve("print-" + page.getFileName());
    Files.writeString(copy, printed, StandardCharsets.UTF_8);
    return facts(copy, 695);
  }

  /** Paints the page. */
  void screenshot(Path page, int width, int height, Path png)
      throws IOException, InterruptedException {
    String size = "--window-size=" + width + "," + height;
    run(page, List.of("--hide-scrollbars", size, "--screenshot=" + png.toAbsolutePath()));
  }

  /** Prints the page. */
  void print(Path page, Path pdf) throws IOException, InterruptedException {
    run(page, List.of("--no-pdf-header-footer", "--print-to-pdf=" + pdf.toAbsolutePath()));
  }

  private String run(Path page, List<String> options) throws IOException, InterruptedException {
    Path profile = Files.createTempDirectory(folder, "profile");
    List<String> command = new ArrayList<>();
    command.add(program);
    command.addAll(
        List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--force-device-scale-factor=1",
            "--user-data-dir=" + profile));
    command.addAll(options);
    command.add(page.toUri().toString());
    Path out = Files.createTempFile(folder, "browser", ".out");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("browser must end within 120 s; command: " + command);
    }
    if (process.exitValue() != 0) {
      throw new IOException("browser must exit with 0; found: " + process.exitValue());
    }
    return Files.readString(out, StandardCharsets.UTF_8);
  }
}
