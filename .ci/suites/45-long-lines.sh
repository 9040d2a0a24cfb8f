#!/usr/bin/env bash
# One line of QUERN_LINE_MEBIBYTES (default 1024) MiB as CSV, JSON lines, a JSON array, text and gzip,
# under the limits that readers have by default and a heap of 256 MiB: it must be set aside, its
# neighbours kept. The files, one at a time, lie in the folder for temporary files.
set -euo pipefail

root=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$root"
exec ./mvnw -q -Pquick test -pl testkit -am -Dtest=LongLineTest -Dsurefire.failIfNoSpecifiedTests=false \
  "-Dquern.e2e.mebibytes=${QUERN_LINE_MEBIBYTES:-1024}"
