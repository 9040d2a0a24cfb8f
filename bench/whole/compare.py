"""Runs one job in Quern and in its peers, in turns, as whole processes, and compares the outputs.

usage: python compare.py j1|num MEGABYTES [ROUNDS [PEER ...]]

Needs: a built tree (./quern --version), pip install pandas polars duckdb pyarrow.
Prints the commands, CPU-seconds (user + system) and wall time of the best round, peak memory,
whether the output is equal, and the ratio of CPU-seconds (above 1: Quern needs less).
"""

import glob
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
WORK = Path(os.environ.get("QUERN_BENCH", "/tmp/quern-bench"))
INPUT = {"j1": ("docs", "docs.jsonl"), "num": ("num", "num.csv")}


def measured(command):
    """Wall seconds, CPU-seconds and peak MB of a process and its children."""
    start = time.monotonic()
    process = subprocess.Popen(command, cwd=WORK, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - start
    if status != 0:
        raise SystemExit(f"{command} must succeed; found: {errors.decode()[-2000:]}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def commands(job, peers):
    source = WORK / INPUT[job][1]
    result = {"quern": [str(ROOT / "quern"), "run", f"{job}.yaml", "--workspace", "workspace"]}
    for peer in peers:
        script = str(HERE / "peers.py")
        result[peer] = [sys.executable, script, job, peer, str(source), str(WORK / f"{peer}.parquet")]
    return result


def quern_output():
    import pyarrow.parquet

    shards = sorted(glob.glob(str(WORK / "workspace/shards/*.parquet")))
    return pyarrow.concat_tables([pyarrow.parquet.read_table(shard) for shard in shards])


def equal(job, peer):
    """Whether both outputs hold the same rows."""
    import pyarrow.parquet

    ours, theirs = quern_output(), pyarrow.parquet.read_table(WORK / f"{peer}.parquet")
    names = theirs.column_names
    ours, theirs = (table.select(names).sort_by("id") for table in (ours, theirs))
    if ours.num_rows != theirs.num_rows:
        return f"no: {ours.num_rows} and {theirs.num_rows} rows"
    for name in names:
        a, b = ours[name].to_pandas(), theirs[name].to_pandas()
        if not ((a == b) | (a.isna() & b.isna())).all():
            return f"no: {name} differs"
    return f"yes, {ours.num_rows} rows, {len(names)} columns"


def main(job, megabytes, rounds, peers):
    WORK.mkdir(parents=True, exist_ok=True)
    kind, name = INPUT[job]
    if not (WORK / name).exists() or (WORK / name).stat().st_size >> 20 != megabytes:
        subprocess.run(["java", str(HERE / "Generate.java"), kind, str(WORK / name), str(megabytes)], check=True)
    shutil.copy(HERE / f"{job}.yaml", WORK)
    all_commands = commands(job, peers)
    best = {}
    for round in range(rounds):
        for who, command in all_commands.items():
            shutil.rmtree(WORK / "workspace", ignore_errors=True)
            figures = measured(command)
            print(f"round {round + 1} {who:8} wall {figures[0]:6.1f} s  CPU {figures[1]:6.1f} s  {figures[2]:6.0f} MB", flush=True)
            if who not in best or figures[1] < best[who][1]:
                best[who] = figures
    shutil.rmtree(WORK / "workspace", ignore_errors=True)
    measured(all_commands["quern"])
    size = (WORK / name).stat().st_size
    print(f"\n{job}: {name}, {size} bytes, best of {rounds} by CPU, load {os.getloadavg()[0]:.1f}")
    for who, (wall, cpu, memory) in best.items():
        same = "–" if who == "quern" else equal(job, who)
        print(f"{who:8} wall {wall:6.1f} s  CPU {cpu:6.1f} s  {size / cpu / 1e6:6.1f} MB/CPU-s  {memory:5.0f} MB"
              f"  ratio {cpu / best['quern'][1]:5.2f}  equal: {same}")
        print("         " + " ".join(all_commands[who]))


if __name__ == "__main__":
    if len(sys.argv) < 3 or sys.argv[1] not in INPUT:
        raise SystemExit(__doc__)
    chosen = sys.argv[4:] or ["duckdb", "polars", "pandas"]
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 2, chosen)
