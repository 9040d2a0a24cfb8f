#!/usr/bin/env bash
# Spark for real: installed from Maven Central (interrupted and continued), one process, and a master
# with two workers on loopback of which one is killed in the middle of a shuffle. Digests, counts and
# metrics are those of the local engine; the event log tells executors and shuffled bytes; nothing of
# a sample is in any log. Then the whole parity of operators and recipes.
set -euo pipefail

root=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
data=$(cd -P -- "${QUERN_DATA:-$root/../shared/data}" && pwd)/tab-adult
python=${QUERN_PYTHON:-${XDG_CACHE_HOME:-$HOME/.cache}/quern-ci/venv/bin/python}
work=$(mktemp -d "${TMPDIR:-/tmp}/quern-spark.XXXXXX")
pids=()
finish() {
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  pkill -9 -f "$work/worker" 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT
failed=0

expect() { # what, wanted, found
  if [ "$2" = "$3" ]; then
    echo "ok      $1"
  else
    echo "FAILED  $1 must be: $2; found: $3"
    failed=1
  fi
}

says() { # what, text, file
  if grep -qF -- "$2" "$3"; then
    echo "ok      $1"
  else
    echo "FAILED  $1 must say: $2; found:"
    cat "$3"
    failed=1
  fi
}

cd "$root"
unset MAVEN_ARGS SPARK_HOME
# A home of its own, so that Spark is fetched as it is by a newcomer.
java_options="-Duser.home=$work/home"
mkdir -p "$work/home"
export QUERN_OPTS="$java_options"

# ------------------------------------------------------------------ installing

status=0
./quern run examples/linear/recipe.yaml --workspace "$work/none" --engine spark >"$work/said" 2>&1 || status=$?
expect "exit code without Spark" 3 "$status"
says "without Spark it is told how to get it" "install it with quern engine install spark" "$work/said"

./quern engine install spark >"$work/said" 2>&1 &
install=$!
for _ in $(seq 600); do
  if [ "$(find "$work/home/.quern/engines" -name '*.jar' 2>/dev/null | wc -l)" -ge 10 ]; then break; fi
  sleep 0.05
done
pkill -9 -P "$install" 2>/dev/null || true
kill -9 "$install" 2>/dev/null || true
wait "$install" 2>/dev/null || true
before=$(find "$work/home/.quern/engines" -name '*.jar' | wc -l)
status=0
./quern engine install spark >"$work/said" 2>&1 || status=$?
expect "exit code of an installation that is continued (after $before jars)" 0 "$status"
says "progress is told" "of 136 jars" "$work/said"
expect "jars that are installed" 136 "$(find "$work/home/.quern/engines" -path '*/jars/*.jar' | wc -l)"
bad=0
while read -r sum bytes path; do
  file=$work/home/.quern/engines/spark-4.2.0/jars/${path##*/}
  if [ "$(sha256sum "$file" | cut -d ' ' -f 1)" != "$sum" ]; then bad=$((bad + 1)); fi
done < <(grep -v '^#' app/src/main/resources/dev/quern/cli/spark-4.2.0.lock)
expect "jars of another digest" 0 "$bad"
./quern engine list >"$work/said"
says "the list names what is installed" "4.2.0 in $work/home" "$work/said"

# ------------------------------------------------------------------ one process

sum=$(sha256sum "$data/adult-test.csv" | cut -d ' ' -f 1)
income=(examples/income/recipe.yaml
  --set "read.0.acquire.csv.path=$data/adult-train.csv"
  --set "read.1.acquire.csv.path=$data/adult-test.csv"
  --set "read.1.acquire.csv.sha256=$sum")

run() { # name, arguments: runs, its report in $work/NAME.json
  local name=$1
  shift
  ./quern run "$@" --json --quiet >"$work/$name.json" 2>"$work/$name.err" || {
    status=$?
    echo "FAILED  run $name: exit code $status"
    cat "$work/$name.err"
    failed=1
  }
}

equal() { # name, name: what must be equal of two reports
  "$python" - "$work/$1.json" "$work/$2.json" <<'PYTHON' || failed=1
import json, sys
def read(path):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    return json.loads(text[text.index("{"):])
def essence(report):
    counts = [(s["label"], {k: v for k, v in s["counts"].items() if k != "cpu_seconds"})
              for part in ("sources", "steps") for s in report[part]]
    return {"digest": report["dataset"]["digest"], "counts": counts, "checks": report["checks"],
            "profile": report["profile"], "metrics": (report.get("model") or {}).get("metrics")}
one, two = read(sys.argv[1]), read(sys.argv[2])
first, second = essence(one), essence(two)
bad = 0
for key in first:
    holds = first[key] == second[key]
    bad += not holds
    print(("ok      " if holds else "FAILED  ") + f"{key} of {two['engine_description']} is that of {one['engine_description']}")
print(f"        wall {one['cost']['wall_seconds']:.1f} and {two['cost']['wall_seconds']:.1f} s,"
      f" CPU {one['cost']['cpu_seconds']:.1f} and {two['cost']['cpu_seconds']:.1f} s")
sys.exit(bad > 0)
PYTHON
}

run income-local "${income[@]}" --workspace "$work/income-local"
run income-spark "${income[@]}" --workspace "$work/income-spark" --engine spark
equal income-local income-spark

status=0
./quern run examples/linear/recipe.yaml --set steps.0=nonsense --workspace "$work/wrong" --engine spark >"$work/said" 2>&1 || status=$?
expect "exit code of a wrong recipe" 2 "$status"

for master in yarn k8s://https://127.0.0.1:1; do
  status=0
  ./quern run examples/linear/recipe.yaml --workspace "$work/other" --engine "spark:$master" >"$work/said" 2>&1 || status=$?
  expect "exit code of $master without a distribution of Spark" 3 "$status"
  says "$master asks for SPARK_HOME" "SPARK_HOME" "$work/said"
done

# ------------------------------------------------------------------ a shuffle-heavy recipe, and an operator of somebody else

mkdir -p "$work/heavy/operators"
"$python" - "$work/heavy" <<'PYTHON'
import json, random, sys
random.seed(5)
words = ["".join(random.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(random.randint(3, 9))) for _ in range(5000)]
with open(sys.argv[1] + "/documents.jsonl", "w") as file:
    for i in range(200_000):
        key = random.randint(0, 150_000)
        text = "canaryword " + " ".join(random.choices(words, k=30))
        file.write(json.dumps({"id": i, "key": key, "host": f"h{key % 5000}", "text": text, "score": random.random()}) + "\n")
with open(sys.argv[1] + "/hosts.csv", "w") as file:
    file.write("host,country\n")
    for i in range(5000):
        file.write(f'h{i},"c {i % 90}"\n')
PYTHON
cat >"$work/heavy/recipe.yaml" <<'YAML'
recipe: heavy
seed: 3
inputs:
  documents:
    read:
      - acquire.jsonl: { path: documents.jsonl }
    steps:
      - quality.drop_duplicates: { fields: [key], keep: last }
  hosts:
    read:
      - acquire.csv: { path: hosts.csv }
combine:
  lookup: { on: [host] }
steps:
  - words.shout: {}
  - diversity.split: { train: 0.8, test: 0.2 }
  - quality.impute: { fields: [score], with: median }
  - { quality.impute: { fields: [text], with: forward }, order: [score] }
checks:
  - completeness(text) = 1
write: heavy
YAML
mkdir -p "$work/classes" "$work/source/META-INF/services"
cat >"$work/source/Shout.java" <<'JAVA'
package org.example.words;

import dev.quern.data.*;
import dev.quern.engine.*;
import dev.quern.operator.*;
import java.util.List;

public final class Shout implements Catalog {
  public List<OperatorSpec> operators() {
    return List.of(new OperatorSpec("words.shout", new Localized("Shouts.", "喊。"), "definition", 1,
        Serving.TRAINING_ONLY, List.of(), List.of(new Example("{}", "[]", "[]")), p -> new Louder()));
  }

  record Louder() implements Mapper {
    public Schema output(Schema input) {
      return input.with(Field.of("loud", Type.TEXT));
    }

    public Mapping bind(Schema input, Schema output, StepRun run) {
      int country = input.indexOf("country");
      return (batch, out) -> {
        ColumnBuilder loud = ColumnBuilder.of(Type.TEXT);
        for (int row = 0; row < batch.rows(); row++) {
          Object value = batch.column(country).valueAt(row);
          loud.appendValue(value == null ? null : value + "!");
        }
        out.keep(batch.with(output.field(output.size() - 1), loud.build()));
      };
    }
  }
}
JAVA
echo org.example.words.Shout >"$work/classes.services"
javac=${QUERN_JDK17:+$QUERN_JDK17/bin/}javac
"$javac" -cp "app/target/dist/lib/*" -d "$work/classes" "$work/source/Shout.java"
mkdir -p "$work/classes/META-INF/services"
echo org.example.words.Shout >"$work/classes/META-INF/services/dev.quern.operator.Catalog"
"${javac%javac}jar" --create --file "$work/shout.jar" -C "$work/classes" .
for name in local cluster; do
  mkdir -p "$work/heavy-$name/operators"
  cp "$work/shout.jar" "$work/heavy-$name/operators"
done
run heavy-local "$work/heavy/recipe.yaml" --workspace "$work/heavy-local"

# ------------------------------------------------------------------ a master and two workers

port=$((20000 + RANDOM % 20000))
./quern engine master --port "$port" >"$work/master.log" 2>&1 &
pids+=($!)
for _ in $(seq 300); do grep -q "I have been elected leader" "$work/master.log" && break || sleep 0.1; done
for number in 1 2; do
  ./quern engine worker "spark://127.0.0.1:$port" --cores 1 --memory 1g --folder "$work/worker$number" >"$work/worker$number.log" 2>&1 &
  pids+=($!)
done
for _ in $(seq 300); do [ "$(grep -c 'Registering worker' "$work/master.log")" -ge 2 ] && break || sleep 0.1; done
cluster=(--engine "spark:spark://127.0.0.1:$port" --spark-conf spark.executor.memory=768m
  --spark-conf spark.eventLog.enabled=true --spark-conf spark.eventLog.compress=false)

mkdir -p "$work/events-income" "$work/events-heavy"
run income-cluster "${income[@]}" --workspace "$work/income-cluster" "${cluster[@]}" \
  --spark-conf "spark.eventLog.dir=file://$work/events-income"
equal income-local income-cluster

(
  # The first worker is killed with its executor as soon as samples are being shuffled.
  for _ in $(seq 1200); do
    if cat "$work"/heavy-cluster/runs/*/log.jsonl 2>/dev/null | grep -q '"event":"phase_ended"'; then break; fi
    sleep 0.1
  done
  sleep 0.5
  pkill -9 -f "$work/worker1" || true
  for executor in $(pgrep -f CoarseGrainedExecutorBackend); do
    case $(readlink "/proc/$executor/cwd") in "$work/worker1"*) kill -9 "$executor" ;; esac
  done
) &
killer=$!
run heavy-cluster "$work/heavy/recipe.yaml" --workspace "$work/heavy-cluster" "${cluster[@]}" \
  --spark-conf "spark.eventLog.dir=file://$work/events-heavy"
wait "$killer"
equal heavy-local heavy-cluster

"$python" - "$work/events-income" "$work/events-heavy" <<'PYTHON' || failed=1
import glob, json, os, sys
bad = 0
for folder, lost in ((sys.argv[1], 0), (sys.argv[2], 1)):
    added, removed, written, read = set(), set(), 0, 0
    for path in glob.glob(folder + "/**/*", recursive=True):
        if not os.path.isfile(path) or os.path.basename(path).startswith(("appstatus", ".")):
            continue
        with open(path, encoding="utf-8") as file:
            for line in file:
                event = json.loads(line)
                kind = event["Event"]
                if kind == "SparkListenerExecutorAdded":
                    added.add(event["Executor ID"])
                if kind == "SparkListenerExecutorRemoved":
                    removed.add(event["Executor ID"])
                metrics = event.get("Task Metrics") if kind == "SparkListenerTaskEnd" else None
                if metrics:
                    written += metrics["Shuffle Write Metrics"]["Shuffle Bytes Written"]
                    read += metrics["Shuffle Read Metrics"]["Remote Bytes Read"] + metrics["Shuffle Read Metrics"]["Local Bytes Read"]
    what = os.path.basename(folder)
    for text, holds in ((f"{what}: {len(added)} executors >= 2", len(added) >= 2),
                        (f"{what}: {len(removed)} executors lost, wanted {lost}", (len(removed) >= 1) == (lost == 1)),
                        (f"{what}: {written} bytes shuffled > 0, {read} read", written > 0 and read > 0)):
        bad += not holds
        print(("ok      " if holds else "FAILED  ") + text)
sys.exit(bad > 0)
PYTHON

# ------------------------------------------------------------------ sources, storage and exports on HDFS

mkdir -p "$work/hdfs"
cat >"$work/hdfs/pom.xml" <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>dev.quern</groupId><artifactId>hdfs</artifactId><version>1</version>
  <dependencies>
    <dependency>
      <groupId>org.apache.hadoop</groupId><artifactId>hadoop-client-minicluster</artifactId><version>3.5.0</version>
    </dependency>
  </dependencies>
</project>
POM
cat >"$work/hdfs/Hdfs.java" <<'JAVA'
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.MiniDFSCluster;

public class Hdfs {
  public static void main(String[] arguments) throws Exception {
    Configuration settings = new Configuration();
    settings.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, arguments[0]);
    MiniDFSCluster cluster = new MiniDFSCluster.Builder(settings).numDataNodes(1).build();
    cluster.waitActive();
    for (int i = 1; i < arguments.length; i++) {
      Path file = new Path(arguments[i]);
      cluster.getFileSystem().copyFromLocalFile(file, new Path("/in/" + file.getName()));
    }
    System.out.println("ready " + cluster.getURI());
    Thread.sleep(Long.MAX_VALUE);
  }
}
JAVA
./mvnw -q -B -f "$work/hdfs/pom.xml" org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies \
  -DoutputDirectory="$work/hdfs/jars" >"$work/said" 2>&1 || { cat "$work/said"; failed=1; }
"$javac" -cp "$work/hdfs/jars/*" -d "$work/hdfs" "$work/hdfs/Hdfs.java"
"${javac%javac}java" -Xmx512m -cp "$work/hdfs/jars/*:$work/hdfs" Hdfs "$work/hdfs/data" \
  "$work/heavy/documents.jsonl" "$work/heavy/hosts.csv" >"$work/hdfs/log" 2>&1 &
pids+=($!)
for _ in $(seq 600); do grep -q '^ready' "$work/hdfs/log" && break || sleep 0.1; done
hdfs=$(sed -n 's/^ready //p' "$work/hdfs/log")
# The name enters sample ids, so the sources are called as they are here.
sed -e "s#{ path: documents.jsonl }#{ path: \"$hdfs/in/docu*.jsonl\" }\n        name: documents.jsonl#" \
  -e "s#{ path: hosts.csv }#{ path: \"$hdfs/in/hosts.csv\" }\n        name: hosts.csv#" \
  "$work/heavy/recipe.yaml" >"$work/heavy/remote.yaml"
mkdir -p "$work/heavy-remote/operators"
cp "$work/shout.jar" "$work/heavy-remote/operators"
status=0
./quern run "$work/heavy/remote.yaml" --workspace "$work/heavy-remote" >"$work/said" 2>&1 || status=$?
expect "exit code of hdfs: without Spark" 3 "$status"
says "hdfs: without Spark is told what to do" "--engine spark" "$work/said"
run heavy-remote "$work/heavy/remote.yaml" --workspace "$work/heavy-remote" "${cluster[@]}" \
  --spark-conf "spark.quern.storage=$hdfs/quern"
equal heavy-local heavy-remote
status=0
./quern export heavy --workspace "$work/heavy-remote" --engine spark --output "$hdfs/out/heavy.parquet" >"$work/said" 2>&1 || status=$?
expect "exit code of an export to HDFS" 0 "$status"
printf 'recipe: back\nread:\n  - acquire.parquet: { path: "%s/out/*.parquet" }\nwrite: back\n' "$hdfs" >"$work/heavy/back.yaml"
run back "$work/heavy/back.yaml" --workspace "$work/heavy-remote" --engine spark
"$python" - "$work/heavy-local.json" "$work/back.json" <<'PYTHON' || failed=1
import json, sys
def kept(path):
    text = open(path, encoding="utf-8").read()
    return json.loads(text[text.index("{"):])["accounting"]["kept"]
one, two = kept(sys.argv[1]), kept(sys.argv[2])
print(("ok      " if one == two else "FAILED  ") + f"{two} samples come back from HDFS, {one} were written")
sys.exit(one != two)
PYTHON

# ------------------------------------------------------------------ nothing of a sample in logs

told=0
while IFS= read -r file; do
  if grep -q canaryword "$file"; then
    echo "FAILED  a sample's text is in $file"
    told=1
  fi
done < <(find "$work/events-heavy" "$work/worker2" "$work/heavy-cluster/runs" "$work"/*.log "$work"/*.err -type f)
expect "files of logs and reports that hold a sample's text" 0 "$told"
expect "folders of engines that are left" 0 "$(find "$work"/*/work/engines -mindepth 1 -maxdepth 1 -type d 2>/dev/null | wc -l)"

# ------------------------------------------------------------------ Ctrl-C and again

(
  for _ in $(seq 1200); do
    if cat "$work"/interrupted/runs/*/log.jsonl 2>/dev/null | grep -q '"event":"phase_ended"'; then break; fi
    sleep 0.1
  done
  # As a terminal does it: the whole group at once.
  kill -INT -- "-$(cat "$work/group")"
) &
killer=$!
mkdir -p "$work/interrupted/operators"
cp "$work/shout.jar" "$work/interrupted/operators"
status=0
set -m
./quern run "$work/heavy/recipe.yaml" --workspace "$work/interrupted" --engine spark >"$work/said" 2>&1 &
echo $! >"$work/group"
set +m
wait "$(cat "$work/group")" || status=$?
wait "$killer" || true
expect "exit code of Ctrl-C" 130 "$status"
says "Ctrl-C tells how to go on" "finished work is kept" "$work/said"
run again "$work/heavy/recipe.yaml" --workspace "$work/interrupted" --engine spark
equal heavy-local again

# ------------------------------------------------------------------ the whole parity

unset QUERN_OPTS
./mvnw -q -Pquick test -pl parity -am -Dtest='SparkParityTest,RecipeParityTest' \
  -Dsurefire.failIfNoSpecifiedTests=false -Dquern.test.args=-Dquern.parity=whole >"$work/parity.log" 2>&1 || {
  grep -E 'ERROR|FAIL' "$work/parity.log" | head -40
  failed=1
}
"$python" - "$root/parity/target/quick/surefire-reports" <<'PYTHON' || failed=1
import glob, sys, xml.etree.ElementTree as tree
total = 0
for name in ("SparkParityTest", "RecipeParityTest"):
    for path in glob.glob(f"{sys.argv[1]}/TEST-*{name}.xml"):
        root = tree.parse(path).getroot()
        total += int(root.get("tests"))
        print(f"        {name}: {root.get('tests')} tests, {root.get('failures')} failures, {root.get('errors')} errors")
holds = total > 50
print(("ok      " if holds else "FAILED  ") + f"{total} comparisons of operators and recipes > 50")
sys.exit(not holds)
PYTHON

exit "$failed"
