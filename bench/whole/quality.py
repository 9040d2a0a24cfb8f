"""Profile and checks beside the quality tools others use, as whole processes, in turns within one run.

usage: python quality.py profile|checks FILE.csv [--rounds N] [--gx PYTHON] [--ydata PYTHON] [--without NAME ...]

checks: completeness, minimum, maximum and mean of every column, whose values must be equal everywhere.
profile: what each tool profiles by default; contents differ, so only the number of rows is compared.
Deequ is compiled by bench/deequ/pom.xml (Maven Central); --gx and --ydata are Pythons with great_expectations and
ydata-profiling, which want different pandas.
"""

import argparse
import csv
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

from measuring import OPENS, ROOT, WORK, Figures, shown

HERE = Path(__file__).resolve().parent
KINDS = ["completeness", "min", "max", "mean"]


def columns(path):
    with open(path, newline="") as file:
        return next(csv.reader(file))


def quern(job, path):
    lines = ["recipe: quality", "read:", f"  - acquire.csv: {{ path: {json.dumps(str(path))} }}"]
    if job == "checks":
        lines.append("checks:")
        for column in columns(path):
            for kind in KINDS:
                lines.append(f"  - {kind}({column}) >= {'0' if kind == 'completeness' else '-1.0e300'}")
    recipe = WORK / f"quality-{job}.yaml"
    recipe.write_text("\n".join(lines) + "\n")
    return [str(ROOT / "quern"), "run", str(recipe), "--workspace", str(WORK / "workspace-quality")]


def deequ(job, path):
    folder = ROOT / "bench/deequ"
    if not (folder / "target/classes").exists():
        subprocess.run([str(ROOT / "mvnw"), "-q", "-f", str(folder / "pom.xml"), "compile"], check=True)
    opens = [f"--add-opens=java.base/{name}=ALL-UNNAMED" for name in OPENS]
    path_of_classes = f"{folder}/target/classes:{folder}/target/lib/*"
    main = "dev.quern.bench.deequ.DeequJob"
    return ["java", "-XX:+IgnoreUnrecognizedVMOptions", *opens, "-cp", path_of_classes, main, job, str(path), str(WORK / "deequ.txt")]


def python(name, executable, job, path):
    return [executable, str(HERE / "quality.py"), f"{name}-{job}", str(path)]


def gx_checks(path):
    import great_expectations as gx
    import great_expectations.expectations as expect
    import pandas

    frame = pandas.read_csv(path)
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    source = context.data_sources.add_pandas("pandas")
    batch = source.add_dataframe_asset("table").add_batch_definition_whole_dataframe("whole")
    suite = context.suites.add(gx.ExpectationSuite(name="suite"))
    for column in frame.columns:
        suite.add_expectation(expect.ExpectColumnValuesToNotBeNull(column=column, mostly=0))
        for kind in (expect.ExpectColumnMinToBeBetween, expect.ExpectColumnMaxToBeBetween, expect.ExpectColumnMeanToBeBetween):
            suite.add_expectation(kind(column=column, min_value=-1e300))
    found = gx.ValidationDefinition(name="all", data=batch, suite=suite).run(batch_parameters={"dataframe": frame})
    values = {}
    for result in found.results:
        column = result.expectation_config.kwargs["column"]
        kind = re.sub("expect_column_|_to_be_between", "", result.expectation_config.type)
        if kind == "values_to_not_be_null":
            seen = result.result
            values[f"completeness({column})"] = 1 - seen["unexpected_count"] / seen["element_count"]
        else:
            values[f"{kind}({column})"] = float(result.result["observed_value"])
    (WORK / "gx.json").write_text(json.dumps(values))


def ydata_profile(path):
    import pandas
    from ydata_profiling import ProfileReport

    report = ProfileReport(pandas.read_csv(path), progress_bar=False)
    report.to_file(str(WORK / "ydata.html"))
    (WORK / "ydata.json").write_text(json.dumps({"rows": int(report.get_description().table["n"])}))


def found(name, job):
    """What a tool measured, by metric and column; of a profile the number of rows."""
    if name in ("gx", "ydata"):
        return json.loads((WORK / f"{name}.json").read_text())
    if name == "quern":
        runs = sorted((WORK / "workspace-quality/runs").iterdir())
        report = json.loads((runs[-1] / "report.json").read_text())
        if job == "profile":
            return {"rows": report["accounting"]["kept"]}
        return {check["check"].split(" ")[0]: check["metric"]["value"] for check in report["checks"]}
    lines = (WORK / "deequ.txt").read_text().splitlines()
    if job == "profile":
        return {"rows": int(lines[0])}
    names = {"Completeness": "completeness", "Minimum": "min", "Maximum": "max", "Mean": "mean"}
    rows = [line.split(" ") for line in lines]
    return {f"{names[kind]}({column})": float(value) for column, kind, value in rows}


def main(options):
    path = Path(options.input).resolve()
    commands = {"quern": quern(options.job, path), "deequ": deequ(options.job, path)}
    if options.job == "checks" and options.gx:
        commands["gx"] = python("gx", options.gx, "checks", path)
    if options.job == "profile" and options.ydata:
        commands["ydata"] = python("ydata", options.ydata, "profile", path)
    figures = {name: Figures(command) for name, command in commands.items() if name not in options.without}
    values = {}
    for _ in range(options.rounds):
        for name, one in figures.items():
            shutil.rmtree(WORK / "workspace-quality", ignore_errors=True)
            one.run()
            values[name] = found(name, options.job)
    expected = values["quern"]
    for name, theirs in values.items():
        if theirs.keys() != expected.keys():
            raise SystemExit(f"{name} must measure the same; found: {sorted(theirs.keys() ^ expected.keys())[:8]}")
        apart = [key for key, value in expected.items() if abs(theirs[key] - value) > 1e-9 * max(1, abs(value))]
        if apart:
            raise SystemExit(f"{name} must find equal values; found: {[(k, expected[k], theirs[k]) for k in apart[:4]]}")
    megabytes = path.stat().st_size / 1e6
    print(f"{options.job}: {path.name}, {megabytes:.1f} MB; {len(expected)} values equal in all")
    for name, one in figures.items():
        print(f"{name:6} {one.line(megabytes, None if name == 'quern' else figures['quern'])}")
        print(f"       {shown(one.command)}")


if __name__ == "__main__":
    if sys.argv[1] == "gx-checks":
        gx_checks(sys.argv[2])
    elif sys.argv[1] == "ydata-profile":
        ydata_profile(sys.argv[2])
    else:
        parser = argparse.ArgumentParser()
        parser.add_argument("job", choices=["profile", "checks"])
        parser.add_argument("input")
        parser.add_argument("--rounds", type=int, default=3)
        parser.add_argument("--gx")
        parser.add_argument("--ydata")
        parser.add_argument("--without", nargs="*", default=[])
        main(parser.parse_args())
