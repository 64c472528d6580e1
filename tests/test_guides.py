"""Examples in the guides: each is laid over the record it names in its first line, which must then still be right."""

import re
import shutil
from pathlib import Path
from textwrap import dedent
from typing import Any, NamedTuple

import pytest
import yaml

from musnad.rules.check import check_entries
from musnad.text.languages import LANGS
from tests.conftest import PROJECT, TESTS
from tests.site.rewriting import rewrite

_BLOCK = re.compile(r"^(?P<indent> *)```yaml\n(?P<text>.*?)^ *```$", re.MULTILINE | re.DOTALL)
_REF = re.compile(r"# (?P<folder>claims|entities|sources)/(?P<id>[a-z0-9/-]+)\n")


class Example(NamedTuple):
    """Some fields of a record, as a guide shows them."""

    guide: str
    ref: str
    fields: dict[str, Any]


def list_examples(lang: str) -> list[Example]:
    """Return the examples of all guides in a language."""
    found = []
    for path in sorted((PROJECT / "docs" / lang).glob("*.md")):
        for block in _BLOCK.finditer(path.read_text(encoding="utf-8")):
            head = _REF.match(text := dedent(block["text"]))
            assert head or path.stem in ("headers", "rules", "settings", "table"), (
                f"{path}: an example begins with the record it is of"
            )
            if head:
                found.append(Example(path.stem, f"{head['folder']}/{head['id']}", yaml.load(text, yaml.BaseLoader)))
    return found


EXAMPLES = list_examples("en")


def test_guides_have_the_same_examples_in_both_languages() -> None:
    """Only comments differ."""
    assert EXAMPLES
    assert all(list_examples(lang) == EXAMPLES for lang in LANGS)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.guide}-{'-'.join(example.fields)[:40]}")
def test_example_is_right(example: Example, tmp_path: Path) -> None:
    """Whoever types what a guide shows is told of no mistake."""
    entries = tmp_path / "entries"
    shutil.copytree(PROJECT / "entries", entries)
    folder, _, id_ = example.ref.partition("/")
    (file,) = (entries / folder).glob(f"*/{id_}.yaml" if folder == "entities" else f"{id_}.yaml")
    rewrite(file, lambda record: record | example.fields)
    assert check_entries(entries).problems == ()


@pytest.mark.parametrize("lang", LANGS)
def test_table_of_the_guide_is_the_one_that_is_tried(lang: str) -> None:
    """Rows and mappings stand in ``tests/table`` and ``tests/bayanat``, line for line."""
    text = (PROJECT / "docs" / lang / "table.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```(?:csv|yaml|json)\n(?:# (\S+)\n)?(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    tried = ["table/water.csv", *3 * ["table/water.yaml"]]
    tried += ["bayanat/bulletins.yaml", "bayanat/registry.ftm.json", "bayanat/registry.ftm.yaml"]
    for file, (named, block) in zip(tried, blocks, strict=True):
        assert named in ("", file.partition("/")[2])
        assert block in (TESTS / file).read_text(encoding="utf-8-sig")
