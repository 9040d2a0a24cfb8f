#!/usr/bin/env bash
# The way of a newcomer with dirty data, with the built program: the raw orders, their profile, a contract
# suggested from them and held against the standard's own JSON Schema, the repair, its proof, what changed.
set -euo pipefail

root=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$root"
work=$(mktemp -d "${TMPDIR:-/tmp}/quern-quality.XXXXXX")
trap 'rm -rf "$work"' EXIT
example=examples/dirty-table
failed=0

check() {
  local what=$1
  shift
  if "$@" >"$work/out" 2>&1; then
    printf 'passed  %s\n' "$what"
  else
    printf 'FAILED  %s\n' "$what"
    tail -n 20 "$work/out"
    failed=1
  fi
}

says() { grep -qF -- "$1" "$work/out" || { printf 'FAILED  must say: %s\n' "$1"; failed=1; }; }

in_workspace() { ./quern "$@" --workspace "$work/workspace"; }

check "the raw orders" in_workspace run "$example/raw.yaml"
says "failed: accuracy() >= 0.99"
check "their profile" in_workspace show orders-raw --profile
check "their profile as JSON" in_workspace show orders-raw --profile --json
check "a contract is suggested" in_workspace checks suggest orders-raw --output "$work/orders.odcs.yaml"
check "the orders pass the contract they gave" in_workspace checks orders-raw --contract "$work/orders.odcs.yaml"
check "repair, contract and proof" in_workspace run "$example/recipe.yaml"
says "52 of 52 passed"
check "the measures" in_workspace show orders --metrics
says "38,900 / 39,000"
check "measures of two versions together, from states" in_workspace show orders orders --metrics
check "before and after" in_workspace show orders-raw orders --profile
check "drift" in_workspace diff orders-raw orders
check "history of metrics" in_workspace checks history orders

python=${QUERN_PYTHON:-python3}
if "$python" -m venv "$work/venv" && "$work/venv/bin/pip" install --quiet --disable-pip-version-check \
  open-data-contract-standard==3.2.0 jsonschema pyyaml; then
  check "contracts obey the schema of ODCS 3.2.0" "$work/venv/bin/python" bench/interop/odcs.py \
    "$work/orders.odcs.yaml" "$example/orders.odcs.yaml"
else
  printf 'FAILED  the standard must be installed from PyPI\n'
  failed=1
fi
check "wrong cells are found in every table, and right ones left alone" ./mvnw -q -Pquick test \
  -pl testkit -am -Dtest=RepairFiguresTest -Dsurefire.failIfNoSpecifiedTests=false \
  -Dquern.test.args=-Dquern.repair.tables=all
exit "$failed"
