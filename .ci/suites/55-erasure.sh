#!/usr/bin/env bash
# A subject is planted in a workspace, found there and forgotten, killed at QUERN_ERASURE_KILLS (default
# 6) random moments and gone on with: pyarrow and a search of all files, decoded, find nothing of it, and
# all other samples as they were. Then the same of what a second run of the recipe makes.
set -euo pipefail

root=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/quern-erasure.XXXXXX")
status=0
"$root/quern" --version >/dev/null
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check pyarrow zstandard
export QUERN_OPTS="${QUERN_OPTS:--Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1}"
timeout 1500 "$work/venv/bin/python" "$root/bench/erasure/erasure.py" \
  "$root/quern" "$work/workspaces" "${QUERN_ERASURE_KILLS:-6}" || status=$?
if [ "$status" = 0 ]; then
  rm -rf "$work"
else
  echo "exit code $status; workspaces: $work/workspaces"
fi
exit "$status"
