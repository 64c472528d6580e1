"""Loading is faithful: writing a record out and reading it again changes nothing, nor does file order."""

import random
from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml

from musnad.pages.site import Site, SiteOptions
from musnad.records.base import list_off, list_own
from musnad.records.load import load_entries
from musnad.records.model import Catalogue, Entity
from musnad.records.values import Value
from musnad.records.vocabulary import Vocabulary
from musnad.rules.check import load_checked
from musnad.wording.words import load_all_words
from tests.conftest import TOY


def dump(path: Path, value: Value | dict[str, Value], off: Iterable[str] = ()) -> None:
    """Write a record, or a file of terms and of those that are switched off, as YAML."""
    found: Any = {key: raw(item) for key, item in value.items()} if isinstance(value, dict) else raw(value)
    found |= dict.fromkeys(off, "off")
    if not found:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(found, allow_unicode=True, sort_keys=False), encoding="utf-8")


def raw(value: Value) -> dict[str, Any]:
    """Return what an editor would have written."""
    return value.model_dump(mode="json", exclude_unset=True)


def dump_catalogue(catalogue: Catalogue, root: Path) -> None:
    """Write every record to its place."""
    for group in (catalogue.sources, catalogue.entities, catalogue.claims):
        for record in group.values():
            ref = f"entities/{record.kind}/{record.id}" if isinstance(record, Entity) else record.ref
            dump(root / f"{ref}.yaml", record)
    for field in fields(Vocabulary):
        terms = getattr(catalogue.vocabulary, field.name)
        dump(root / f"vocabulary/{field.name}.yaml", dict(list_own(terms)), sorted(list_off(terms)))
    dump(root / "redirects.yaml", dict(catalogue.redirects))
    assert catalogue.site is not None
    dump(root / "site.yaml", catalogue.site)


def test_load_dump_load_changes_nothing(toy: Catalogue, tmp_path: Path) -> None:
    """No field is lost, added or read as something else."""
    dump_catalogue(toy, tmp_path)
    assert load_checked(tmp_path) == toy


@pytest.mark.parametrize("seed", range(3))
def test_order_of_file_creation_does_not_matter(seed: int, toy: Catalogue, tmp_path: Path) -> None:
    """Catalogue and pages are the same, in the same order, however the files came onto the disk."""
    paths = list(TOY.rglob("*.yaml"))
    random.Random(seed).shuffle(paths)
    for path in paths:
        copy = tmp_path / path.relative_to(TOY)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    shuffled = load_checked(tmp_path)
    assert shuffled == toy
    for group in ("sources", "entities", "claims"):
        assert list(getattr(shuffled, group)) == sorted(getattr(toy, group))
    words = load_all_words()
    sites = [Site.make(catalogue, words, SiteOptions()) for catalogue in (toy, shuffled)]
    first, second = (list(site.pages()) for site in sites)
    assert first == second


def test_vocabulary_keeps_the_order_of_its_file(toy_copy: Path) -> None:
    """Sections and kinds stand on the site in the order an editor gave them."""
    file = toy_copy / "vocabulary/measures.yaml"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(reversed(lines)), encoding="utf-8")
    assert list(load_checked(toy_copy).vocabulary.measures)[:2] == ["count", "price"]


def test_place_of_a_file_gives_id_and_kind(toy: Catalogue) -> None:
    """Neither is written in the record."""
    assert toy.entities["mentioned-person"].kind == "person"
    assert toy.claims["quay-news-7/rye-bread-price"].source_id == "quay-news-7"


def test_files_of_tools_are_left_alone(toy_copy: Path) -> None:
    """What begins with a dot, and the schemas, are no records."""
    for name in (".DS_Store", "claims/.gitkeep", ".obsidian/app.json", "schemas/claim.schema.json"):
        (toy_copy / name).parent.mkdir(exist_ok=True)
        (toy_copy / name).write_text("{}")
    assert load_entries(toy_copy).problems == ()


def test_missing_folder_is_a_problem_not_a_crash(tmp_path: Path) -> None:
    """Whoever mistypes the folder is told so."""
    problems = load_entries(tmp_path / "nowhere", prefix="nowhere/").problems
    assert str(problems[0]) == "nowhere:1:1: file-place: there is no such folder"
