"""What an engine in a small heap must bear: `python bench/load/load.py [CASE ...]`.

bytes   GIGABYTES (10) of JSON lines cleaned, freed of duplicates and written
key     SAMPLES (50) million samples of one key, filled forward
files   FILES (20,000) small files
disk    a shuffle of more than the disk has room for, refused early (mounts a small disk: takes root)

Each runs `quern run` with -Xmx512m in a process of its own and prints its CPU and wall seconds, the most memory
it held, and the samples it read, kept, dropped and set aside. Inputs and workspaces lie in QUERN_BENCH.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
WORK = Path(os.environ.get("QUERN_BENCH", "/tmp/quern-bench")) / "load"
HEAP = "-Xmx512m"

RECIPES = {
    "bytes": """
read:
  - acquire.jsonl: { path: docs.jsonl }
steps:
  - quality.trim: { fields: [text], collapse: single }
  - privacy.redact_pattern: { fields: [text], patterns: [email] }
  - quality.drop_duplicates: { fields: [url] }
""",
    "key": """
read:
  - acquire.csv: { path: key.csv }
steps:
  - quality.impute: { fields: [value], with: forward, by: [key] }
""",
    "files": """
read:
  - acquire.jsonl: { path: "files/*/*.jsonl" }
steps:
  - quality.drop_duplicates: { fields: [text] }
""",
    "disk": """
read:
  - acquire.jsonl: { path: docs.jsonl }
steps:
  - quality.drop_duplicates: { fields: [text] }
""",
}


def documents(megabytes):
    path = WORK / "docs.jsonl"
    if not path.exists() or path.stat().st_size < megabytes * 10**6:
        subprocess.run(["java", ROOT / "bench/whole/Generate.java", "docs", path, str(megabytes)], check=True)


def one_key(millions):
    """CSV of one key, every third value of which is missing."""
    path = WORK / "key.csv"
    with open(path, "w") as out:
        out.write("key,value\n")
        count = millions * 1_000_000
        for start in range(0, count, 100_000):
            out.write(
                "".join(f"7,{n if n % 3 else ''}\n" for n in range(start, min(count, start + 100_000)))
            )


def small_files(count):
    for number in range(count):
        folder = WORK / "files" / f"{number // 1000:03}"
        folder.mkdir(parents=True, exist_ok=True)
        lines = "".join(f'{{"text":"line {n} of {number}","n":{n}}}\n' for n in range(20))
        (folder / f"{number:05}.jsonl").write_text(lines)


def run(case, expected, workspace=None):
    """Runs a case; prints its line."""
    recipe = WORK / f"{case}.yaml"
    recipe.write_text(f"recipe: {case}{RECIPES[case]}write: {case}\n")
    workspace = workspace or WORK / f"workspace-{case}"
    shutil.rmtree(workspace, ignore_errors=True)
    command = [str(ROOT / "quern"), "run", recipe.name, "--workspace", str(workspace)]
    start = time.monotonic()
    with open(WORK / f"{case}.log", "w") as log:
        process = subprocess.Popen(
            command, cwd=WORK, stdout=log, stderr=log, env={**os.environ, "QUERN_OPTS": HEAP, "LC_ALL": "C.UTF-8"}
        )
        _, status, usage = os.wait4(process.pid, 0)
    code = os.waitstatus_to_exitcode(status)
    cpu = usage.ru_utime + usage.ru_stime
    print(f"{case:<6} {' '.join(command[1:])} ({HEAP}): exit {code}, CPU {cpu:.0f} s,", end=" ")
    print(f"wall {time.monotonic() - start:.0f} s, memory {usage.ru_maxrss / 1024:.0f} MiB")
    if code != expected:
        sys.exit((WORK / f"{case}.log").read_text()[-3000:])
    return workspace


def told(workspace):
    """Prints and returns what the report tells."""
    report = json.loads(max((workspace / "runs").glob("*/report.json"), key=os.path.getmtime).read_text())
    accounting = {name: n for name, n in report["accounting"].items() if isinstance(n, int)}
    print("       " + ", ".join(f"{name} {n:,}" for name, n in accounting.items()))
    spilled = sum(piece["cost"]["spilled_bytes"] for piece in report["work"])
    print(f"       {spilled / 1e6:,.0f} MB spilled")
    return accounting


def main():
    WORK.mkdir(parents=True, exist_ok=True)
    cases = sys.argv[1:] or ["bytes", "key", "files", "disk"]
    if "bytes" in cases:
        documents(1000 * int(os.environ.get("GIGABYTES", "10")))
        told(run("bytes", 0))
        shutil.rmtree(WORK / "workspace-bytes")
    if "key" in cases:
        millions = int(os.environ.get("SAMPLES", "50"))
        one_key(millions)
        assert told(run("key", 0))["kept"] == millions * 1_000_000
        shutil.rmtree(WORK / "workspace-key")
        (WORK / "key.csv").unlink()
    if "files" in cases:
        count = int(os.environ.get("FILES", "20000"))
        small_files(count)
        assert told(run("files", 0))["kept"] == count * 20
        shutil.rmtree(WORK / "workspace-files")
        shutil.rmtree(WORK / "files")
    if "disk" in cases:
        documents(1000)
        disk = WORK / "disk"
        disk.mkdir(exist_ok=True)
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=200m", "tmpfs", disk], check=True)
        try:
            run("disk", 3, disk / "workspace")
            print("       " + (WORK / "disk.log").read_text().strip().splitlines()[-1])
            used = sum(file.stat().st_size for file in (disk / "workspace").rglob("*") if file.is_file())
            print(f"       {used >> 20} MiB were written before it was refused")
        finally:
            subprocess.run(["umount", "--lazy", disk], check=True)


main()
