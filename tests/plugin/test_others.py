"""Plugins beside ours, and records that would be published as files."""

import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from musnad.plugin.others import AFTER, REFUSED, list_plugin_objections, list_thinner
from musnad.plugin.settings import _has_records
from musnad.wording.words import load_words
from tests.conftest import TOY


def _configure(*plugins: str) -> Any:
    return SimpleNamespace(plugins=dict.fromkeys(plugins))


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("prefix", ["", "material/"])
def test_plugin_that_cannot_do_its_work_is_refused_by_name(prefix: str, name: str) -> None:
    """In one sentence, in both languages."""
    (objection,) = list_plugin_objections(_configure("musnad", f"{prefix}{name}"))
    told = [load_words(lang).fill(objection.message, **objection.values) for lang in ("en", "ar")]
    assert told[0] != told[1]
    assert all(name in text for text in told)


@pytest.mark.parametrize("name", ["minify", "exclude", "macros", "glightbox", "material/privacy", *AFTER])
def test_other_plugin_may_stand_after_ours(name: str) -> None:
    """Whatever it is called."""
    assert list(list_plugin_objections(_configure("musnad", name))) == []


@pytest.mark.parametrize("name", sorted(AFTER))
def test_plugin_that_looks_for_pages_stands_after_ours(name: str) -> None:
    """Before it there are none."""
    (objection,) = list_plugin_objections(_configure(name, "musnad"))
    assert "write it after musnad" in objection.message


def test_pages_that_are_gone_are_told_with_who_may_have_taken_them() -> None:
    """Plugins after ours, and hooks."""
    config = _configure("minify", "musnad", "exclude", "hooks/mine.py")
    assert list(list_thinner(config, ["a.md"], {"a.md", "b.md"})) == []
    (objection,) = list_thinner(config, ["a.md", "b.md", "c.md"], {"a.md"})
    assert objection.values == {"count": "2", "file": "b.md", "plugins": "exclude, mine.py"}


def test_records_that_docs_lead_to_are_found(tmp_path: Path) -> None:
    """A folder by a link, one file by a link, a folder within by a link, and a copy."""
    entries = Path(shutil.copytree(TOY, tmp_path / "entries"))
    docs = tmp_path / "docs"
    (docs / "en").mkdir(parents=True)
    (docs / "en/page.md").write_text("# Page\n")
    assert not _has_records(docs, entries)
    for target in (entries, entries / "claims", entries / "site.yaml"):
        link = docs / "en/linked"
        link.symlink_to(target)
        assert _has_records(docs, entries), target
        link.unlink()
    (docs / "round").symlink_to(docs)
    assert not _has_records(docs, entries)
    shutil.copytree(TOY, docs / "copy")
    assert _has_records(docs, entries)
