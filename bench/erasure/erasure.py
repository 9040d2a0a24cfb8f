"""Forgets a subject and looks for it with readers that are not Quern's.

usage: erasure.py QUERN FOLDER KILLS [SEED]

Makes a workspace in which a subject is planted in several versions, in samples that were dropped and
quarantined, in vocabularies, caches and reports; finds it there (the control); then forgets it
KILLS times on copies of that workspace, each time killed (SIGKILL) at a random moment and gone on with.
Afterwards nothing of the subject may be found: not in Parquet as pyarrow reads it, not in any other file,
as it lies there or decoded (zstd frames, gzip, base64, UTF-8, UTF-16, GB18030). All other samples must be
there with their ids and values, under the same version ids, and the audit must be whole.
"""

import base64
import gzip
import os
import pathlib
import random
import re
import shutil
import signal
import subprocess
import sys
import time

import pyarrow.parquet as parquet
import zstandard

SUBJECT = "person-0077-canary"
PLANTED = [SUBJECT, "zebulonnote", "quuxville"]
CONTROL = "person-0078"
ENCODINGS = ["utf-8", "utf-16-le", "utf-16-be", "gb18030"]
ZSTD = b"\x28\xb5\x2f\xfd"


def people(path, versions):
    lines = ["user,city,age,note,label"]
    for i in range(4000):
        lines.append(f"person-{i:04d},{'Delft' if i % 3 else '杭州'},{20 + i % 50},note {i},{'yes' if i % 2 else 'no'}")
    for age in ["99", "98", "97", "-5", "many"]:
        lines.append(f"{SUBJECT},quuxville,{age},zebulonnote,yes")
    lines.append(f"{SUBJECT},quuxville")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


PEOPLE = """recipe: people
seed: 3
dropped: samples
changes: values
max_quarantined: 0.5
read:
  - acquire.csv: { path: people.csv }
    roles: { user: [subject] }
steps:
  - quality.cast: { types: { age: long } }
  - diversity.split: { train: 0.8, test: 0.2 }
  - quality.where: { keep: "age >= 0" }
  - quality.impute: { fields: [city], with: mode }
checks:
  - { metric: max(age), at_most: 200 }
model:
  name: labels
  target: label
  train.linear: { exclude: [user], epochs: 1 }
"""

DERIVED = """recipe: derived
read:
  - dataset: people
steps:
  - quality.select: { drop: [user] }
"""


def decoded(path):
    """Yields the content of a file as it lies there and as whoever can decode it sees it."""
    content = path.read_bytes()
    yield content
    if content[:2] == b"\x1f\x8b":
        yield gzip.decompress(content)
    at = content.find(ZSTD)
    while at >= 0:
        try:
            yield zstandard.ZstdDecompressor().decompressobj().decompress(content[at:])
        except zstandard.ZstdError:
            pass  # Four bytes that look like a frame.
        at = content.find(ZSTD, at + 1)
    for match in re.finditer(rb'"([A-Za-z0-9+/]{16,}={0,2})"', content):
        try:
            yield base64.b64decode(match.group(1), validate=True)
        except ValueError:
            pass  # A word of those letters.
    if content[:4] == b"PAR1":
        table = parquet.ParquetFile(path).read()
        for column in table.columns:
            yield "\n".join(str(value) for value in column.to_pylist()).encode("utf-8")


def holding(workspace, text):
    wanted = [text.encode(encoding) for encoding in ENCODINGS]
    found = []
    for path in sorted(p for p in workspace.rglob("*") if p.is_file()):
        for content in decoded(path):
            if any(form in content for form in wanted):
                found.append(str(path.relative_to(workspace)))
                break
    return found


def versions(workspace):
    """Returns the samples of each version by id, read by pyarrow."""
    import json

    all_versions = {}
    for manifest in sorted(workspace.glob("datasets/*/*.json")):
        plain = json.loads(manifest.read_text(encoding="utf-8"))
        samples = {}
        for shard in plain["shards"]:
            for row in parquet.ParquetFile(workspace / shard["path"]).read().to_pylist():
                first = next(iter(row))
                samples[row[first]] = str(row)
        assert len(samples) == plain["samples"], "a version must hold as many samples as it says"
        all_versions[plain["dataset"] + "@" + plain["version"]] = samples
    return all_versions


class Quern:
    def __init__(self, launcher, folder):
        self.launcher = launcher
        self.folder = folder

    def start(self, *arguments):
        return subprocess.Popen(
            [self.launcher, *arguments], cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            start_new_session=True)

    def run(self, *arguments):
        process = self.start(*arguments)
        said = process.communicate()[0].decode("utf-8")
        return process.returncode, said

    def must(self, *arguments):
        code, said = self.run(*arguments)
        if code != 0:
            raise SystemExit(f"FAILED  quern {' '.join(arguments)} must end with 0; found: {code}\n{said}")
        return said


def fail(message):
    raise SystemExit("FAILED  " + message)


def main():
    launcher, folder, kills = sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3])
    draw = random.Random(int(sys.argv[4]) if len(sys.argv) > 4 else 1)
    base = folder / "base"
    base.mkdir(parents=True)
    people(base / "people.csv", 2)
    (base / "people.yaml").write_text(PEOPLE, encoding="utf-8")
    (base / "derived.yaml").write_text(DERIVED, encoding="utf-8")
    (base / "id").write_text(SUBJECT + "\n", encoding="utf-8")
    quern = Quern(launcher, base)
    quern.must("run", "people.yaml")
    quern.must("run", "derived.yaml")
    quern.must("run", "people.yaml", "--set", "steps.2.quality.where.keep=age >= -1")
    quern.must("export", "people", "--output", str(base / "gone.csv"))

    for text in PLANTED + [CONTROL]:
        found = holding(base / "workspace", text)
        kinds = sorted({name.split("/")[0] for name in found})
        if not {"shards", "runs", "work"} <= set(kinds) and text in PLANTED:
            fail(f"the control must be found in shards, runs and work; found: {kinds}")
        if not found:
            fail("the control must be found")
        print(f"control {text}: found in {len(found)} files of {', '.join(kinds)}", flush=True)
    before = versions(base / "workspace")
    expected = {
        version: {key: row for key, row in samples.items() if "zebulonnote" not in row}
        for version, samples in before.items()
    }

    began = time.monotonic()
    whole = folder / "whole"
    shutil.copytree(base, whole)
    look(Quern(launcher, whole), expected, "undisturbed")
    took = measured(launcher, base, folder)
    interrupted = {}
    for number in range(kills):
        place = folder / f"kill-{number}"
        shutil.copytree(base, place)
        one = Quern(launcher, place)
        states = []
        for _ in range(1 + draw.randrange(2)):
            process = one.start("subject", "forget", "@id")
            time.sleep(took * (0.15 + 0.9 * draw.random()))
            try:
                os.killpg(process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            process.communicate()
            states.append(state(place / "workspace"))
        interrupted[states[-1]] = interrupted.get(states[-1], 0) + 1
        if states[-1] not in ("none", "closed"):
            code, said = one.run("run", "derived.yaml")
            if code != 3 or "erasure" not in said:
                fail(f"a run beside an erasure that is not closed must be refused; found: {code}\n{said}")
        look(one, expected, f"kill {number} at {'+'.join(states)}")
        shutil.rmtree(place)
    print(f"{kills} kills, last state: " + ", ".join(f"{k} {v}" for k, v in sorted(interrupted.items())))
    print(f"took {time.monotonic() - began:.0f} s; a forget {took:.2f} s")


def measured(launcher, base, folder):
    place = folder / "timed"
    shutil.copytree(base, place)
    began = time.monotonic()
    Quern(launcher, place).must("subject", "forget", "@id")
    took = time.monotonic() - began
    shutil.rmtree(place)
    return took


def state(workspace):
    found = [p for p in workspace.glob("erasure/*-[0-9]*.json") if "certificate" not in p.name]
    if not found:
        return "none"
    return re.search(r'"state": "(\w+)"', found[0].read_text(encoding="utf-8")).group(1)


def look(quern, expected, what):
    """Forgets to the end and compares what is there."""
    workspace = quern.folder / "workspace"
    said = quern.must("subject", "forget", "@id")
    if SUBJECT in said:
        fail(f"{what}: the subject must not be printed")
    for text in PLANTED:
        found = holding(workspace, text)
        if found:
            fail(f"{what}: nothing of {text} must be found; found in {found}; see {workspace}")
    if versions(workspace) != expected:
        fail(f"{what}: all other samples must be as they were; see {workspace}")
    quern.must("audit", "verify")
    quern.must("datasets", "--verify")
    quern.must("run", "people.yaml")
    for text in PLANTED:
        found = holding(workspace, text)
        if found:
            fail(f"{what}: a run must not bring {text} back; found in {found}; see {workspace}")
    print(f"ok      {what}: nothing found, {len(expected)} versions equal", flush=True)


main()
