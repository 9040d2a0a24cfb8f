#!/usr/bin/env bash
# Feeds every reader of what comes from outside with mutated inputs for QUERN_FUZZ_SECONDS (default
# 180) in all, from QUERN_FUZZ_SEED or a new seed, and prints seed and number of inputs. A failure
# tells the input in base64 and how to see it again.
set -euo pipefail

root=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$root"
exec ./mvnw -q -Pquick test -pl testkit -am -Dtest=FuzzTest -Dsurefire.failIfNoSpecifiedTests=false \
  -Dquern.test.args=-Xmx1g "-Dquern.fuzz.seconds=${QUERN_FUZZ_SECONDS:-180}" \
  ${QUERN_FUZZ_SEED:+"-Dquern.fuzz.seed=$QUERN_FUZZ_SEED"}
