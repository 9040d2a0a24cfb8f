#!/usr/bin/env bash
# Feeds every reader of what comes from outside with mutated inputs for QUERN_FUZZ_SECONDS (default
# 180) in all and prints seed and number of inputs. A failure tells the input in base64 and how to see
# it again. The seed is fixed, so that a change is judged by what it changes; QUERN_FUZZ_SEED=new takes
# new inputs, to search for hours.
set -euo pipefail

root=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$root"
seed=${QUERN_FUZZ_SEED:-6636642932192074066}
if [ "$seed" = new ]; then seed=; fi
exec ./mvnw -q -Pquick test -pl testkit -am -Dtest=FuzzTest -Dsurefire.failIfNoSpecifiedTests=false \
  -Dquern.test.args=-Xmx1g "-Dquern.fuzz.seconds=${QUERN_FUZZ_SECONDS:-180}" \
  ${seed:+"-Dquern.fuzz.seed=$seed"}
