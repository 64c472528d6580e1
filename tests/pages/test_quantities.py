"""How quantities read in both languages: a table of many, in ``quantities.yaml``.

``python -m tests.pages.test_quantities`` writes the readings anew; what changed is to be read.
"""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from musnad.pages.elements.quantities import make_quantity
from musnad.pages.site import Site
from musnad.records.model import Quantity
from musnad.text.languages import LANGS, Lang
from tests.conftest import make_toy_site

TABLE = Path(__file__).with_name("quantities.yaml")
CASES: list[dict[str, Any]] = yaml.load(TABLE.read_text(encoding="utf-8"), yaml.BaseLoader)


def read_out(site: Site, fields: dict[str, Any], lang: Lang) -> str:
    """Return a quantity as one line, with plain spaces; between angle brackets what is computed."""
    quantity = Quantity.model_validate({"measures": "count", "comparator": "exact", **_freeze(fields)})
    told = make_quantity(site.composers[lang], quantity)
    comma = "، " if lang == "ar" else ", "
    text = " ".join(filter(None, [told.before, told.amount, told.after])) + (told.portions and comma + told.portions)
    return (text + (told.computed and f" ⟨{told.computed}⟩")).replace("\u00a0", " ")


def _freeze(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _freeze(inner) for name, inner in value.items()}
    return tuple(map(_freeze, value)) if isinstance(value, list) else value


@pytest.mark.parametrize("case", CASES, ids=lambda case: json.dumps(case["q"]))
def test_quantity_reads_as_it_was_looked_at(case: dict[str, Any], toy_site: Site) -> None:
    """With every hedge, none made up, and the ending that Arabic wants after it."""
    assert {lang: read_out(toy_site, case["q"], lang) for lang in LANGS} == {lang: case[lang] for lang in LANGS}


def write_table() -> None:
    """Write every reading anew."""
    site, lines = make_toy_site(), TABLE.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if line.startswith(("#", "- q:"))]
    cases = iter(CASES)
    made = []
    for line in kept:
        made.append(line)
        if line.startswith("- q:"):
            fields = next(cases)["q"]
            made += [f"  {lang}: {json.dumps(read_out(site, fields, lang), ensure_ascii=False)}" for lang in LANGS]
    TABLE.write_text("\n".join(made) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write_table()
