#!/usr/bin/env bash
# The report as a browser shows it: runs the tickets example in both languages, compares what is to
# be seen with what was measured, looks for parts that do not fit on screen and paper, for requests
# and scripts, and keeps screenshots and prints in target/screenshots.
set -euo pipefail

root=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$root"

if ! command -v chromium >/dev/null || ! fc-list :lang=zh 2>/dev/null | grep -q .; then
  export DEBIAN_FRONTEND=noninteractive
  sudo=$([ "$(id -u)" = 0 ] || echo "sudo -n")
  $sudo apt-get update -qq
  $sudo apt-get install -qq -y --no-install-recommends chromium fonts-noto-cjk fontconfig >/dev/null
fi

pictures=$root/target/screenshots
rm -rf "$pictures"
CI=true ./mvnw -q -pl app -am test -Dtest=ReportInBrowserTest \
  -Dsurefire.failIfNoSpecifiedTests=false -Dquern.screenshots="$pictures"

failed=0
for language in en zh; do
  for kind in png pdf; do
    if [ -s "$pictures/report-$language.$kind" ]; then
      echo "ok      $pictures/report-$language.$kind"
    else
      echo "FAILED  $pictures/report-$language.$kind must have been made"
      failed=1
    fi
  done
done
exit "$failed"
