"""Anonymises a table of many rows with `quern run` and counts its classes with another program.

usage: anonymity.py QUERN FOLDER [ROWS [K [NOISE]]]

The table is Adult (UCI; train and test, rows without unknown values), drawn anew with replacement from a fixed
seed; ages move by -2 to 2 years, and a fraction NOISE of the cells of the other fields takes a value drawn from the
whole column, so that there are far more distinct rows than in Adult. The nine quasi-identifiers have the hierarchies
of ARX's Adult (12,960 choices of levels); in the recipe `wide` age has eight levels instead of five. DuckDB reads
the shards and counts: no class may be smaller than K, and no row may be lost.

The shared data are looked for in QUERN_DATA.
"""

import csv
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import time

import duckdb

FIELDS = {  # name: position in Adult's files
    "sex": 9, "age": 0, "race": 8, "marital-status": 5, "education": 3, "native-country": 13, "workclass": 1,
    "occupation": 6, "salary-class": 14,
}
SEED = 7
WIDE = "{ intervals: [2, 4, 8, 16, 32, 64], origin: 1 }"


def adult(data):
    rows = []
    for name in ["adult-train.csv", "adult-test.csv"]:
        for line in (data / "tab-adult" / name).read_text(encoding="utf-8").splitlines():
            cells = line.rstrip(".").split(", ")
            if len(cells) == 15 and "?" not in cells:
                rows.append([cells[at] for at in FIELDS.values()])
    return rows


def write(path, data, count, noise):
    draw = random.Random(SEED)
    rows = adult(data)
    columns = list(zip(*rows))
    names = list(FIELDS)
    age = names.index("age")
    with path.open("w", encoding="utf-8", newline="") as out:
        to = csv.writer(out, lineterminator="\n")
        to.writerow(names)
        for _ in range(count):
            row = list(draw.choice(rows))
            for field in range(len(names)):
                if field == age:
                    row[field] = str(min(100, max(1, int(row[field]) + draw.randint(-2, 2))))
                elif draw.random() < noise:
                    row[field] = draw.choice(columns[field])
            to.writerow(row)


def recipe(folder, name, k, search, age):
    fields = ", ".join(
        f"{field}: {age if field == 'age' and age else '{ hierarchy: ' + field + '.csv }'}" for field in FIELDS)
    text = f"""recipe: {name}
seed: 1
read:
  - acquire.csv: {{ path: table.csv, types: {{ {", ".join(f"{field}: text" for field in FIELDS)} }} }}
steps:
  - privacy.anonymize:
      quasi_identifiers: {{ {fields} }}
      k: {k}
      suppression: 0.02
      search: {search}
write: {name}
"""
    path = folder / f"{name}.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def run(quern, folder, path):
    workspace = folder / "workspace"
    shutil.rmtree(workspace, ignore_errors=True)
    began = time.monotonic()
    process = subprocess.Popen([quern, "run", str(path), "--workspace", str(workspace)], cwd=folder)
    _, status, used = os.wait4(process.pid, 0)
    wall = time.monotonic() - began
    if status != 0:
        raise SystemExit(f"{path.name}: quern run must succeed; found: status {status}")
    return workspace, wall, used


def check(workspace, count, k):
    shards = [str(shard) for shard in sorted((workspace / "shards").glob("*.parquet"))]
    table = duckdb.connect()
    columns = ", ".join(f'"{field}"' for field in FIELDS)
    classes = f"SELECT {columns}, count(*) AS n FROM read_parquet({shards!r}) GROUP BY ALL"
    stars = " AND ".join(f"\"{field}\" = '*'" for field in FIELDS)
    rows, suppressed = table.execute(
        f"SELECT sum(n), coalesce(sum(n) FILTER (WHERE {stars}), 0) FROM ({classes})").fetchone()
    number, least = table.execute(f"SELECT count(*), min(n) FROM ({classes}) WHERE NOT ({stars})").fetchone()
    if rows != count or least < k:
        raise SystemExit(f"{count} rows in classes of at least {k} must be there; found: {rows}, {least}")
    return f"{number} classes, the smallest of {least}, {suppressed} suppressed"


def main():
    quern, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 1_000_000
    k = int(sys.argv[4]) if len(sys.argv) > 4 else 5
    noise = float(sys.argv[5]) if len(sys.argv) > 5 else 0.02
    here = pathlib.Path(__file__).resolve().parent
    data = pathlib.Path(os.environ.get("QUERN_DATA", here.parents[2] / "shared/data"))
    folder.mkdir(parents=True, exist_ok=True)
    table = folder / "table.csv"
    write(table, data, count, noise)
    distinct = duckdb.connect().execute(
        f"SELECT count(*) FROM (SELECT DISTINCT * FROM read_csv('{table}', header=true, all_varchar=true))").fetchone()[0]
    print(f"{count} rows, {distinct} distinct, {table.stat().st_size / 1e6:.0f} MB")
    for field in FIELDS:
        shutil.copy(data / "priv-arx-adult" / f"adult_hierarchy_{field}.csv", folder / f"{field}.csv")
    for name, search, age in [("exact", "exact", ""), ("greedy", "greedy", ""), ("wide", "greedy", WIDE)]:
        workspace, wall, used = run(quern, folder, recipe(folder, name, k, search, age))
        told = json.loads(next((workspace / "runs").glob("*/report.json")).read_text(encoding="utf-8"))
        found = told["anonymisations"][0]
        print(f"{name}: {wall:.1f} s, {used.ru_utime + used.ru_stime:.1f} CPU s, {used.ru_maxrss // 1024} MiB; "
              f"{check(workspace, count, k)}; loss {found['loss']:.0f}, {found['evaluated']} of "
              f"{found['choices']} choices judged")


main()
