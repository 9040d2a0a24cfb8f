#!/usr/bin/env bash
# Keys and encryption with the built program: a keyring from init to destroy, fields encrypted in a
# version, read back by another reader (pyarrow) with the key, refused without it; and what that reader
# encrypted read by Quern.
set -euo pipefail

root=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
python=${QUERN_PYTHON:-${XDG_CACHE_HOME:-$HOME/.cache}/quern-ci/venv/bin/python}
work=$(mktemp -d "${TMPDIR:-/tmp}/quern-encryption.XXXXXX")
trap 'rm -rf "$work"' EXIT
failed=0

expect() { # what, wanted, found
  if [ "$2" = "$3" ]; then
    echo "ok      $1"
  else
    echo "FAILED  $1 must be: $2; found: $3"
    failed=1
  fi
}

quern() { "$root/quern" "$@" --workspace "$work/workspace" --quiet; }
code() { "$@" >"$work/out" 2>"$work/err" && echo 0 || echo $?; }

cd "$work"
export FILE_KEY=thirty-two-bytes-of-a-secret-okay
export QUERN_KEK=another-thirty-two-bytes-of-a-secret
printf 'who,age\nann,7\n李雷,8\n,9\n' >people.csv
rows='[{"who": "ann", "age": 7}, {"who": "李雷", "age": 8}, {"who": null, "age": 9}]'

for footer in plain encrypted; do
  rm -rf workspace
  printf 'recipe: people\nread:\n  - acquire.csv: { path: people.csv }\nwrite: { name: people, encrypt: { fields: [who], key: "${env:FILE_KEY}", footer: %s } }\n' "$footer" >people.yaml
  quern run people.yaml >/dev/null
  shard=$(echo workspace/shards/*.parquet)
  expect "pyarrow with the key, footer $footer" "$rows" "$("$python" "$root/.ci/encrypted_parquet.py" "$shard" "$FILE_KEY" 2>&1 | tail -1)"
  expect "pyarrow with a wrong key, footer $footer" 1 "$(code "$python" "$root/.ci/encrypted_parquet.py" "$shard" "wrong-two-bytes-of-a-secret-okay")"
  expect "no value in the workspace, footer $footer" "" "$(grep -rlE 'ann|李雷' workspace || true)"
  expect "export without the key, footer $footer" 4 "$(FILE_KEY='' code quern export people --output "$work/out.csv" --overwrite)"
  expect "export with the key, footer $footer" 0 "$(code quern export people --output "$work/out.csv" --overwrite)"
  expect "the exported rows, footer $footer" "ann,7" "$(sed -n 2p out.csv | tr -d '\r')"
done

secret=thirty-two-bytes-of-a-secret-oka
for form in once twice plain; do
  "$python" "$root/.ci/encrypted_parquet.py" write "$form" "$work/theirs.parquet" "$secret"
  printf 'recipe: theirs\nread:\n  - acquire.parquet: { path: theirs.parquet, key: "${env:THEIRS}" }\nwrite: theirs\n' >theirs.yaml
  expect "a file of pyarrow is read, keys $form" 0 "$(THEIRS=$secret code quern run theirs.yaml)"
  expect "its rows, keys $form" "ann,7" "$(quern export theirs --output "$work/theirs.csv" --overwrite >/dev/null 2>&1; sed -n 2p theirs.csv | tr -d '\r')"
  sed 's/THEIRS/WRONG/; s/^recipe: theirs/recipe: wrong/; s/^write: theirs/write: wrong/' theirs.yaml >wrong.yaml
  expect "with a wrong key it is refused, keys $form" 4 "$(WRONG=${secret/y/Y} code quern run wrong.yaml)"
done

expect "a keyring is made" 0 "$(code quern keys init --kek env:QUERN_KEK)"
expect "a keyset is made" 0 "$(code quern keys create files --purpose aead)"
expect "a keyset is rotated" 0 "$(code quern keys rotate files)"
expect "a wrong key-encryption key is refused" 4 "$(QUERN_KEK=yet-another-thirty-two-bytes-of-secret code quern keys rotate files)"
expect "files are for their owner alone" "600" "$(stat -c %a workspace/keys/*.json | sort -u)"
exit "$failed"
