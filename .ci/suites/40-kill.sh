#!/usr/bin/env bash
# Kills QUERN_KILLS (default 40) runs of the program at random moments and in each phase, runs them
# again and looks at what they come to, at every file they leave and at what quern gc makes of it;
# prints the kills by phase. Fails where anything differs from undisturbed runs, where a file is left
# that nothing explains, or where a phase got fewer than three kills.
set -euo pipefail

root=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
folder=$(mktemp -d "${TMPDIR:-/tmp}/quern-kill.XXXXXX")
status=0
QUERN_KILL_FOLDER=$folder timeout 1500 "$root/bench/kill/run" "${QUERN_KILLS:-40}" 4 2 || status=$?
if [ "$status" = 0 ]; then
  rm -rf "$folder"
else
  echo "exit code $status; workspaces of failed kills: $folder"
fi
exit "$status"
