#!/bin/sh
# Build the exported Markdown of the record with Zensical and compare the pages with those of MkDocs.
# usage: bench/zensical.sh [ZENSICAL_VERSION]; Zensical goes into a throw-away environment, it is no dependency.
# PYTHON names the interpreter that has the project (default .venv/bin/python). KEEP=1 keeps the work folder.
set -eu
cd "$(dirname "$0")/.."
# The newest that could be tried: from 0.0.74 on it needs zensical-ui, which the index did not have.
version=${1:-0.0.73}
python=${PYTHON:-$PWD/.venv/bin/python}
work=$(mktemp -d)
[ -n "${KEEP:-}" ] && echo "work folder: $work" || trap 'rm -rf "$work"' EXIT
export NO_MKDOCS_2_WARNING=1

"$python" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check "zensical==$version"

"$python" -m generator export markdown "$work/project"
"$python" -m mkdocs build --quiet -d "$work/mkdocs"
(cd "$work/project" && "$work/venv/bin/zensical" build >"$work/log" 2>&1) || { tail -n 5 "$work/log"; exit 1; }
# What Zensical warns of, once each with its count.
sed 's/\x1b\[[0-9;]*m//g' "$work/log" | grep -E '^(Warning|Error):' | sort | uniq -c || true
"$python" bench/compare_sites.py "$work/mkdocs" "$work/project/site"
