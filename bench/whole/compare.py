"""Runs one job in Quern and in its peers, in turns, as whole processes, and compares the outputs.

usage: python compare.py j1|num|profile MEGABYTES [--rounds N] [--input KIND] [--peers NAME ...] [--also NAME=COMMAND ...]

j1       documents: squeeze white space, mask e-mail, count words, drop short ones, Parquet zstd 3
num      a table of numbers: profile of every column and Parquet zstd 3
profile  the same table: the profile alone (DuckDB: SUMMARIZE); --input words: texts of few values, words-parquet: five times
         the same as Parquet with dictionaries, taxi-parquet and adult-parquet: real tables repeated to that size
         as CSV (folder: QUERN_DATA), wide-N: N columns. Peers fg and ydata are Python's profilers.

Peers: duckdb-java (DuckDB JDBC with Quern's operators as functions in Java), duckdb (its SQL), polars,
pandas; spark-sql, spark-java and spark-operators (jobs for Spark local[2] written by hand, with Spark's
functions, with loops in Java, with Quern's operators) and quern-spark (quern run --engine spark:local[2]).
quern-N is Quern with N threads. --also adds one by a command, {input} and {output} are put in (a Parquet file or a folder of them).
Needs a built tree (./quern --version), pip install pandas polars duckdb pyarrow. A megabyte is 10^6 bytes.

Prints CPU-seconds (user + system), wall seconds, peak memory, rows and a digest of the values of each
output, and the ratio of Quern's CPU-seconds to the peer's: below 1 means that Quern needs less.
"""

import argparse
import glob
import re
import shlex
import shutil
import sys
from pathlib import Path

from measuring import HERE, ROOT, WORK, Figures, digest, java, quern_output, recipe, run_options, shown, source, spark, versions

INPUT = {"j1": "docs", "num": "num", "profile": "num"}
PEERS = {
    "j1": ["duckdb-java", "duckdb", "polars", "pandas"],
    "num": ["duckdb", "polars", "pandas"],
    "profile": ["duckdb", "polars", "pandas"],
}


def quern(job, path, name="quern", *options):
    if job == "profile":
        return java("EngineJob", "profile", path, WORK / "engine", 2, 512, 1, options=run_options())
    return [str(ROOT / "quern"), "run", str(recipe(job, path)), "--workspace", str(workspace(name)), *options]


def workspace(name):
    return WORK / f"workspace-{name}"


def peer(name, job, path):
    output = WORK / f"{name}.parquet"
    if name == "quern-spark":
        return quern(job, path, name, "--engine", "spark:local[2]")
    if re.fullmatch(r"quern-\d+", name):
        return quern(job, path, name, "--threads", name.removeprefix("quern-"))
    if name.startswith("spark-"):
        kind = {"spark-sql": "sql", "spark-java": "columns", "spark-operators": "operators"}[name]
        return spark(kind, path, output, 2, 1)
    if name == "duckdb-java":
        return java("DuckDbJob", path, output)
    return [sys.executable, str(HERE / "peers.py"), job, name, str(path), str(output)]


def output_of(name):
    if name.startswith("quern"):
        return quern_output(workspace(name))
    output = WORK / f"{name}.parquet"
    return sorted(glob.glob(str(output / "*.parquet"))) if output.is_dir() else [str(output)]


def clear(name):
    for folder in (workspace(name), WORK / f"{name}.parquet"):
        shutil.rmtree(folder, ignore_errors=True)
    (WORK / f"{name}.parquet").unlink(missing_ok=True)


def main(options):
    path = source(options.input or INPUT[options.job], options.megabytes)
    all_figures = {"quern": Figures(quern(options.job, path))}
    for name in options.peers if options.peers is not None else PEERS[options.job]:
        all_figures[name] = Figures(peer(name, options.job, path))
    for also in options.also:
        name, command = also.split("=", 1)
        words = [word.format(input=path, output=WORK / f"{name}.parquet") for word in shlex.split(command)]
        all_figures[name] = Figures(words)
    for round in range(options.rounds):
        for name, figures in all_figures.items():
            clear(name)
            cpu, wall, peak = figures.run()
            print(f"round {round + 1} {name:12} CPU {cpu:6.2f} s  wall {wall:6.2f} s  {peak:5.0f} MB", flush=True)
    size = path.stat().st_size / 1e6
    print(f"\n{options.job}: {path.name}, {path.stat().st_size} bytes, {options.rounds} rounds in turns")
    print(versions())
    ours = None
    for name, figures in all_figures.items():
        print(f"\n{name:12} {figures.line(size, None if name == 'quern' else all_figures['quern'])}")
        print(f"  {shown(figures.command)}")
        if options.job == "profile":
            print("  " + figures.output.strip().splitlines()[-1][-200:] if figures.output.strip() else "")
        else:
            rows, values = digest(output_of(name))
            ours = ours or (rows, values)
            same = "" if name == "quern" else ", equal" if (rows, values) == ours else ", DIFFERENT"
            print(f"  {rows} rows, digest {values[:16]}{same}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("job", choices=list(INPUT))
    parser.add_argument("megabytes", type=int)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--input")
    parser.add_argument("--peers", nargs="*")
    parser.add_argument("--also", nargs="*", default=[])
    main(parser.parse_args())
