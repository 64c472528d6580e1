"""Words of one root meet, whatever their inflection."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from musnad.text.roots import find_root

ROOTS: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("roots.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("row", ROOTS, ids=lambda row: row["root"])
def test_forms_of_a_word_have_one_root(row: dict[str, Any]) -> None:
    """The table that is put to the browser's script too."""
    assert {word: find_root(word) for word in row["words"]} == dict.fromkeys(row["words"], row["root"])
