"""What the comparisons share: inputs, processes measured, outputs as digests."""

import glob
import hashlib
import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
WORK = Path(os.environ.get("QUERN_BENCH", "/tmp/quern-bench"))
MODULES = ["--add-modules", "jdk.incubator.vector"]
OPENS = [  # as Spark's own launcher has them
    "java.lang", "java.lang.invoke", "java.lang.reflect", "java.io", "java.net", "java.nio", "java.util",
    "java.util.concurrent", "java.util.concurrent.atomic", "sun.nio.ch", "sun.nio.cs", "sun.security.action",
    "sun.util.calendar",
]
RUN = [  # as Quern's launcher has them for a run on two processors
    "-XX:+UseSerialGC", "-XX:Tier4InvocationThreshold=100000", "-XX:Tier4MinInvocationThreshold=12000",
    "-XX:Tier4CompileThreshold=300000", "-XX:Tier4BackEdgeThreshold=800000",
    "-XX:CompileCommand=quiet", "-XX:CompileCommand=CompileThresholdScaling,com.sun.crypto.provider.*::*,0.02",
]
DATA = Path(os.environ.get("QUERN_DATA", ROOT.parent / "shared/data"))
REAL = {  # tables that a source repeats until it has that size as CSV
    "taxi": ("drift-nyc-taxi/*.csv", True),
    "adult": ("tab-adult/adult-train.csv", False),
}
OWN = {"_id", "_split"}  # columns that only Quern writes


def source(kind, megabytes):
    """The input of that many 10^6 bytes, written where it is missing."""
    WORK.mkdir(parents=True, exist_ok=True)
    ending = "jsonl" if kind == "docs" else "parquet" if kind.endswith("-parquet") else "csv"
    path = WORK / f"{kind}-{megabytes}.{ending}"
    if kind.endswith("-parquet") and not path.exists():
        name = kind.removesuffix("-parquet")
        if name in REAL:
            real(name, megabytes, path)
        else:
            dictionaries([source(name, megabytes)], True, 5, path)
    if not path.exists():
        subprocess.run(["java", str(HERE / "Generate.java"), kind, str(path), str(megabytes)], check=True)
    return path


def real(name, megabytes, path):
    """A real table, repeated, as Parquet."""
    pattern, header = REAL[name]
    files = sorted(DATA.glob(pattern))
    if not files:
        raise SystemExit(f"{DATA / pattern} must be there; found: no file; set QUERN_DATA")
    size = sum(file.stat().st_size for file in files)
    dictionaries(files, header, max(1, round(megabytes * 1e6 / size)), path)


def dictionaries(files, header, times, path):
    """The tables, repeated, as Parquet, in row groups with dictionaries."""
    import pyarrow
    import pyarrow.csv
    import pyarrow.parquet

    reading = pyarrow.csv.ReadOptions(autogenerate_column_names=not header)
    missing = pyarrow.csv.ConvertOptions(strings_can_be_null=True)
    tables = [pyarrow.csv.read_csv(file, read_options=reading, convert_options=missing) for file in files]
    table = pyarrow.concat_tables(tables, promote_options="permissive")
    pyarrow.parquet.write_table(
        pyarrow.concat_tables([table] * times), path, compression="zstd", row_group_size=500_000)


def recipe(job, path):
    """The recipe of a job that reads `path`."""
    name = {"j1": "docs.jsonl", "num": "num.csv"}[job]
    target = WORK / f"{job}-{path.stem}.yaml"
    target.write_text((HERE / f"{job}.yaml").read_text().replace(name, path.name))
    return target


def java(main, *arguments, options=()):
    """The command of one of the Java programs here, compiled where it is not."""
    classes = HERE / "target/classes"
    if not classes.exists():
        subprocess.run([str(ROOT / "mvnw"), "-q", "-f", str(HERE / "pom.xml"), "compile"], check=True)
    # quern.jar comes first and names the others: so begins the class path of the class archive.
    path = f"{ROOT}/app/target/dist/lib/quern.jar:{classes}:{HERE}/target/lib/*"
    return ["java", *MODULES, *options, "-cp", path, f"dev.quern.bench.whole.{main}", *map(str, arguments)]


def run_options():
    """The options by which Quern's launcher starts a run on two processors, its class archive too."""
    jvm = Path(os.environ["JAVA_HOME"], "bin/java") if "JAVA_HOME" in os.environ else Path(shutil.which("java")).resolve()
    owner = subprocess.run(
        ["cksum"], input=f"{ROOT}/app/target/dist/lib\n{jvm}\n", text=True, capture_output=True).stdout.split()[0]
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "quern"
    archive = cache / f"{owner}.archive"
    return [*RUN, *([f"-XX:SharedArchiveFile={archive.read_text().strip()}"] if archive.exists() else [])]


def spark(job, *arguments):
    """The command of the job written for Spark by hand, compiled where it is not."""
    folder = ROOT / "bench/spark"
    classes = folder / "target/classes"
    if not classes.exists():
        subprocess.run([str(ROOT / "mvnw"), "-q", "-f", str(folder / "pom.xml"), "compile"], check=True)
    opens = [f"--add-opens=java.base/{name}=ALL-UNNAMED" for name in OPENS]
    # Spark's own jars come first; the stand-ins for Hadoop and a second logging must not meet it.
    jars = [
        jar
        for jar in sorted(glob.glob(f"{ROOT}/app/target/dist/lib/*.jar"))
        if not any(word in jar for word in ("parquet-stubs", "slf4j", "quern.jar"))
    ]
    path = ":".join([str(classes), f"{folder}/target/lib/*", *jars])
    start = ["java", "-XX:+IgnoreUnrecognizedVMOptions", "-Djdk.reflect.useDirectMethodHandle=false", *MODULES, *opens]
    return [*start, "-cp", path, "dev.quern.bench.spark.SparkJob", job, *map(str, arguments)]


class Figures:
    """CPU-seconds, wall seconds and peak MB of each run of one command."""

    def __init__(self, command):
        self.command = command
        self.runs = []
        self.output = ""

    def run(self):
        start = time.monotonic()
        process = subprocess.Popen(self.command, cwd=WORK, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.output = process.stdout.read().decode()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - start
        if status != 0:
            raise SystemExit(f"{self.command} must succeed; found: {self.output[-2000:]}")
        self.runs.append((usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024))
        return self.runs[-1]

    @property
    def cpu(self):
        return min(run[0] for run in self.runs)

    def line(self, megabytes, base=None):
        cpus, walls, peaks = zip(*self.runs)
        ratio = "" if base is None else f"  CPU ratio {base.cpu / self.cpu:5.2f}"
        return (
            f"CPU s min {min(cpus):6.2f} median {statistics.median(cpus):6.2f}"
            f"  wall s min {min(walls):6.2f} median {statistics.median(walls):6.2f}"
            f"  peak {max(peaks):5.0f} MB  {megabytes / min(cpus):6.1f} MB/CPU-s{ratio}"
        )


def shown(command):
    """The command, without folders, class path and what Spark wants opened."""
    words = [str(word).replace(str(ROOT) + "/", "").replace(str(WORK) + "/", "") for word in command]
    path = words.index("-cp") + 1 if "-cp" in words else 0
    words = [word if i != path or path == 0 else "…" for i, word in enumerate(words)]
    return " ".join(word for word in words if not word.startswith(("--add-opens", "-XX:Tier4", "-XX:SharedArchive")))


def quern_output(workspace):
    return sorted(glob.glob(str(workspace / "shards/*.parquet")))


def digest(files):
    """SHA-256 over the values in the order of the column id, whatever the encoding: (rows, hex)."""
    import pyarrow
    import pyarrow.compute
    import pyarrow.parquet

    table = pyarrow.concat_tables([pyarrow.parquet.read_table(file) for file in files], promote_options="permissive")
    names = sorted(set(table.column_names) - OWN)
    order = pyarrow.compute.sort_indices(table["id"])
    sha = hashlib.sha256()
    for name in names:
        column = table[name].take(order)
        kind = column.type
        if pyarrow.types.is_dictionary(kind):
            column = column.cast(kind.value_type)
            kind = kind.value_type
        if pyarrow.types.is_integer(kind):
            column, kind = column.cast("int64"), "whole"
        elif pyarrow.types.is_floating(kind):
            column, kind = column.cast("float64"), "floating"
        else:
            column, kind = column.cast("large_string"), "text"
        sha.update(f"{name}:{kind}\n".encode())
        valid = column.is_valid().to_numpy()
        sha.update(valid.tobytes())
        if kind == "text":
            sha.update(pyarrow.compute.binary_length(column).fill_null(0).to_numpy().tobytes())
            for chunk in column.fill_null("").chunks:
                sha.update("".join(chunk.to_pylist()).encode())
        else:
            # -0.0 and 0.0 are one value.
            sha.update((column.fill_null(0).to_numpy() + 0).tobytes())
    return table.num_rows, sha.hexdigest()


def versions():
    found = [f"Python {sys.version.split()[0]}"]
    for package in ("pandas", "polars", "duckdb", "pyarrow"):
        try:
            found.append(f"{package} {__import__(package).__version__}")
        except ImportError:
            found.append(f"{package} absent")
    jdk = subprocess.run(["java", "-version"], capture_output=True, text=True).stderr.splitlines()
    found.append(jdk[1].split("(build ")[-1].rstrip(")") if len(jdk) > 1 else "no JDK")
    jars = glob.glob(str(HERE / "target/lib/duckdb_jdbc-*.jar"))
    found.extend(Path(jar).stem.replace("-", " ") for jar in jars)
    commit = subprocess.run(["git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"], capture_output=True, text=True)
    return ", ".join(found) + f", Quern {commit.stdout.strip()}, load {os.getloadavg()[0]:.1f}"
