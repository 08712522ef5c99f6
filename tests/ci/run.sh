#!/usr/bin/env bash
# Lints action.yml and the examples of docs/ci.md. GitLab's schema comes with a Python package; without Python that check is skipped.
set -euo pipefail
cd "$(dirname "$0")"
work="../../target/ci-lint"
mkdir -p "$work"

[ -d node_modules ] || npm ci --silent --no-audit --no-fund
node check.mjs "$work"

if command -v shellcheck >/dev/null; then
  for step in get grade; do
    node -e '
      const { parse } = require("yaml");
      const { readFileSync } = require("fs");
      const { runs } = parse(readFileSync("../../action.yml", "utf8"));
      console.log("#!/bin/bash -e\n" + runs.steps.find(({ id }) => id === process.argv[1]).run);
    ' "$step" >"$work/$step.sh"
    shellcheck --exclude=SC2153,SC2154 "$work/$step.sh"
  done
  shellcheck ../../.ci/run ../../.ci/release ../../.ci/counted-cc
  echo "scripts of action.yml and of .ci: shellcheck finds nothing"
else
  echo "skipped: there is no shellcheck"
fi

if [ ! -f "$work/venv/installed" ]; then
  if python3 -m venv "$work/venv" 2>/dev/null && "$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check -r requirements.txt; then
    touch "$work/venv/installed"
  else
    echo "skipped: there is no Python with venv, so GitLab's schema is not looked at"
    exit 0
  fi
fi
schema() { "$work/venv/bin/check-jsonschema" --builtin-schema "$@"; }
schema vendor.gitlab-ci --data-transform gitlab-ci "$work/.gitlab-ci.yml"
schema vendor.github-workflows "$work/grade.yml"
schema vendor.github-actions ../../action.yml
# A check that cannot fail checks nothing.
printf 'grade:\n  script: [true]\n  allow_failure: [3]\n' >"$work/broken.yml"
if schema vendor.gitlab-ci "$work/broken.yml" >/dev/null; then
  echo "GitLab's schema is not looked at"
  exit 1
fi
