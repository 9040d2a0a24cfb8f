#!/usr/bin/env bash
# The launcher, in the source tree and unpacked from the release archive: exit codes, arguments,
# working directory, links, overlapping first starts, signals, and the time of a warm plan.
set -euo pipefail

root=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/quern-launcher.XXXXXX")
trap 'rm -rf "$work"' EXIT
export XDG_CACHE_HOME="$work/cache with space"
failed=0

expect() { # what, wanted, found
  if [ "$2" = "$3" ]; then
    echo "ok      $1"
  else
    echo "FAILED  $1 must be: $2; found: $3"
    failed=1
  fi
}

milliseconds() { # runs the command, prints its wall time
  local start=$EPOCHREALTIME end
  "$@" >/dev/null 2>&1
  end=$EPOCHREALTIME
  echo $((${end/./} / 1000 - ${start/./} / 1000))
}

check() { # layout, launcher
  local layout=$1 quern=$2 status best=99999 time i
  rm -rf "$XDG_CACHE_HOME" "$work/here"
  mkdir -p "$work/here"
  cp "$root"/app/src/main/launcher/warmup/* "$work/here"
  cd "$work/here"
  ln -s "$quern" "$work/here/link"

  # Four first starts at once make one archive and leave no lock.
  local starts=()
  for i in 1 2 3 4; do
    ./link plan recipe.yaml >"$work/plan.$i" 2>"$work/plan.$i.err" &
    starts+=($!)
  done
  status=0
  for i in "${starts[@]}"; do wait "$i" || status=$?; done
  expect "$layout: exit code of plan, four at once, by a link, recipe relative to the caller" 0 "$status"
  [ "$status" = 0 ] || cat "$work"/plan.*.err
  expect "$layout: archives" 1 "$(find "$XDG_CACHE_HOME/quern" -name '*.jsa' | wc -l)"
  expect "$layout: locks left" 0 "$(find "$XDG_CACHE_HOME/quern" -name '*.lock' -o -name '*.work' | wc -l)"

  for i in 1 2 3 4 5; do
    time=$(milliseconds ./link plan recipe.yaml)
    if [ "$time" -lt "$best" ]; then best=$time; fi
  done
  expect "$layout: warm plan <= 500 ms (best of 5: $best ms)" yes "$([ "$best" -le 500 ] && echo yes || echo no)"
  expect "$layout: plan prints no warning" "" "$(./link plan recipe.yaml 2>&1 >/dev/null | grep WARNING || true)"

  status=0
  ./link plan 'no such recipe.yaml' >/dev/null 2>"$work/err" || status=$?
  expect "$layout: exit code of a recipe that is not there" 2 "$status"
  expect "$layout: the path with spaces arrives whole" yes "$(grep -q 'no such recipe.yaml' "$work/err" && echo yes || echo no)"

  # Names of files are UTF-8 where no locale is set.
  sed 's/samples.csv/样本.csv/' recipe.yaml >配方.yaml
  cp samples.csv 样本.csv
  for locale in C POSIX ''; do
    status=0
    env -u LANG LC_ALL=$locale ./link plan 配方.yaml >/dev/null 2>"$work/err" || status=$?
    expect "$layout: exit code of a recipe and a source with Chinese names, LC_ALL=$locale" 0 "$status"
    [ "$status" = 0 ] || cat "$work/err"
  done

  rm -rf "$XDG_CACHE_HOME"
  status=0
  XDG_CACHE_HOME=/proc/nowhere ./link plan recipe.yaml >/dev/null 2>&1 || status=$?
  expect "$layout: exit code without a folder for the cache" 0 "$status"
  cd "$root"
}

"$root/quern" --version
check "source tree" "$root/quern"

archive=$(ls -t "$root"/app/target/quern-*.tar.gz | head -n 1)
mkdir "$work/release"
tar xzf "$archive" -C "$work/release"
check "release" "$(echo "$work"/release/quern-*/bin/quern)"

# A JDK that is too old is passed over, or named when there is no other.
mkdir -p "$work/old/bin"
printf '#!/bin/sh\nexit 1\n' >"$work/old/bin/java"
chmod +x "$work/old/bin/java"
echo 'JAVA_VERSION="11.0.2"' >"$work/old/release"
status=0
JAVA_HOME=$work/old "$root/quern" --version >/dev/null 2>&1 || status=$?
expect "a JAVA_HOME of 11 is passed over" 0 "$status"

exit "$failed"
