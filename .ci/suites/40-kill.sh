#!/usr/bin/env bash
# Kills runs over QUERN_KILL_MEBIBYTES (default 160) MiB of CSV and JSONL at 90 % and in each phase
# (read, fit, shuffle, write, train), runs them again and prints what the second run had to read. It
# fails where the digest differs or where more than 15 % of the input is read again.
set -euo pipefail

root=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$root"
exec ./mvnw -q -Pquick test -pl testkit -am -Dtest=KillTest -Dsurefire.failIfNoSpecifiedTests=false \
  "-Dquern.e2e.mebibytes=${QUERN_KILL_MEBIBYTES:-160}"
