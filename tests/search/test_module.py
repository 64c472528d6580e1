"""What others can use of the search: the examples run as they stand, and the module gives what Python gives."""

import json
import re
import subprocess
import sys
from pathlib import Path

from musnad.search import compare_phrases, fold, read_phrase, read_query
from musnad.search.module import EXPORTS, write_module
from tests.conftest import PROJECT
from tests.text.vectors import TOLERANCE, VECTORS

README = PROJECT / "generator/musnad/search/README.md"
_PUT = """
import * as search from "./musnad-search.mjs"
import fs from "node:fs"
const rows = JSON.parse(fs.readFileSync(0))
const told = rows.map(([query, name]) => [
  search.fold(query), search.comparePhrases(search.readQuery(query), search.readPhrase(name)),
])
process.stdout.write(JSON.stringify([Object.keys(search).sort(), told]))
"""


def run_script(folder: Path, text: str, asked: str = "") -> str:
    """Run a script of Node beside the module."""
    (folder / "script.mjs").write_text(text, encoding="utf-8")
    run = ["node", "script.mjs"]
    return subprocess.run(run, cwd=folder, input=asked, capture_output=True, encoding="utf-8", check=True).stdout


def test_examples_run(tmp_path: Path) -> None:
    """Both of them."""
    examples = dict(re.findall(r"```(\w+)\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL))
    assert set(examples) == {"python", "js"}
    assert all(text.count("assert") > 3 for text in examples.values())
    subprocess.run([sys.executable, "-c", examples["python"]], check=True)
    run = [sys.executable, "-m", "musnad.search.module", str(tmp_path)]
    subprocess.run(run, check=True, stdout=subprocess.DEVNULL)
    run_script(tmp_path, examples["js"])


def test_module_gives_what_python_gives(tmp_path: Path) -> None:
    """For every pair of the vectors; it has the names that are told, and no others."""
    pairs = [(str(row["query"]), str(row["name"])) for kind in ("joined", "likeness") for row in VECTORS[kind]]
    assert len(pairs) > 20
    write_module(tmp_path)
    names, told = json.loads(run_script(tmp_path, _PUT, json.dumps(pairs)))
    assert names == sorted(EXPORTS)
    for (query, name), (folded, likeness) in zip(pairs, told, strict=True):
        assert folded == fold(query)
        assert abs(likeness - compare_phrases(read_query(query), read_phrase(name))) < TOLERANCE
