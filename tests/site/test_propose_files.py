"""Files as the form writes them: the same as musnad fmt's, and patches that git applies."""

import json
import random
import shutil
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page

from musnad.editing.style import RECORDS, format_text
from musnad.records.yamltext import read_nodes
from tests.conftest import PROJECT, TESTS, TOY
from tests.editing.test_creating import IDS
from tests.editing.test_style import MOVED, ODD, STYLED, lay_out, list_files, shuffle

SCHEMAS = {
    folder: json.loads((PROJECT / f"entries/schemas/{name}.schema.json").read_text(encoding="utf-8"))
    for folder, name in {"claims": "claim", "entities": "entity", "sources": "source"}.items()
}
WRITE = """async ([schemas, cases]) => {
  const { formatText, parse, write } = await import("/yamlio.js")
  return cases.map(([place, text]) => {
    const schema = schemas[place.split("/")[0]]
    return [formatText(place, schema, text), write(place, schema, parse(text).record, text)]
  })
}"""


def list_cases() -> list[tuple[str, str]]:
    """Return every record, and every record with all its fields in another order and layout."""
    chance = random.Random(3)
    cases = [("claims/x/y.yaml", text) for text in (ODD, *(text for text, _ in MOVED))]
    for path, place in list_files(*STYLED, TOY, TESTS / "kinds"):
        if place.partition("/")[0] in RECORDS:
            text = path.read_text(encoding="utf-8")
            node = read_nodes(text)
            shuffle(node, chance, is_open=True)
            # PyYAML itself writes a time in brackets with a tag.
            cases += [(place, made) for made in (text, lay_out(node)) if "!!" not in made]
    return cases


def test_form_and_command_write_the_same(modules: Page) -> None:
    """Laid out anew, or written from what was read with the file itself as the original."""
    cases = list_cases()
    made = modules.evaluate(WRITE, [SCHEMAS, cases])
    for (place, text), written in zip(cases, made, strict=True):
        assert written == [format_text(text, place)] * 2, place


def test_form_and_command_propose_the_same_ids(modules: Page) -> None:
    """For names in either script."""
    propose = "async (names) => { const { proposeId } = await import('/records.js'); return names.map(proposeId) }"
    assert modules.evaluate(propose, [case["name"] for case in IDS]) == [case["id"] for case in IDS]


def test_change_keeps_what_stands_beside(modules: Page) -> None:
    """A value is replaced where it stands; comments of other fields and items stay; what is new is laid out."""
    change = """async ([schema, text]) => {
      const { parse, write } = await import("/yamlio.js")
      const { record } = parse(text)
      record.title.en = "Price: 313"
      record.parts = [record.parts[1], { role: "buyer", entity: "313" }]
      record.quantities = [{ measures: "price", value: "250", unit: "usd" }]
      delete record.status
      return write("claims/x/y.yaml", schema, record, text)
    }"""
    made = modules.evaluate(change, [SCHEMAS["claims"], ODD])
    assert made == format_text(made, "claims/x/y.yaml")
    assert "title: {ar: y, en: 'Price: 313'}  # beside the title\n" in made
    assert (
        "  - role: seller\n    # above a field\n    entity: b\n  # above an item\n  - {role: buyer, entity: '313'}"
        in made
    )
    assert "quantities:\n  - measures: price\n    value: 250\n    unit: usd\n" in made
    assert "status" not in made
    assert made.endswith("# at the end\n")


@pytest.mark.parametrize("end", ["\n", ""])
def test_patch_is_applied_by_git(modules: Page, tmp_path: Path, end: str) -> None:
    """Of a file that changed and of one that is new, together; a last line may lack its end."""
    shutil.copytree(TOY, tmp_path / "entries")
    place = "entries/claims/tide-post-12/rye-bread-price.yaml"
    old = (tmp_path / place).read_text(encoding="utf-8").rstrip("\n") + end
    (tmp_path / place).write_text(old, encoding="utf-8")
    new = old.replace("title:", "title: #", 1).rstrip("\n") + "\nstatus: draft\n"
    files = [
        {"file": place, "old": old, "text": new},
        {"file": "entries/claims/a/b.yaml", "old": None, "text": "نص: x\n"},
    ]
    patch = modules.evaluate('async (files) => (await import("/yamlio.js")).makePatch(files)', files)
    (tmp_path / "change.patch").write_text(patch, encoding="utf-8", newline="\n")
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    subprocess.run(["git", "apply", "--check", "change.patch"], cwd=tmp_path, check=True)
    subprocess.run(["git", "apply", "change.patch"], cwd=tmp_path, check=True)
    assert (tmp_path / place).read_text(encoding="utf-8") == new
    assert (tmp_path / "entries/claims/a/b.yaml").read_text(encoding="utf-8") == "نص: x\n"


@pytest.mark.parametrize(
    ("kind", "new", "edit"),
    [
        (
            "github",
            "/new/main/entries/claims/s?filename=a.yaml&value=k%3A%20%D8%B3%0A",
            "/edit/main/",
        ),
        ("gitlab", "/-/new/main/entries/claims/s?file_name=a.yaml", "/-/edit/main/"),
    ],
)
def test_hosts_are_given_what_they_take(modules: Page, kind: str, new: str, edit: str) -> None:
    """A short text in the address where the host reads it from there; a long one, or a change, is pasted."""
    call = """async ([host, text]) => {
      const { addressEdit, addressNew } = await import("/hosts.js")
      return [addressNew(host, "claims/s/a.yaml", text), addressNew(host, "claims/s/a.yaml", text.repeat(900)),
        addressEdit(host, "claims/s/a.yaml")]
    }"""
    host = {"kind": kind, "repo": "https://h.example/o/r", "branch": "main", "folder": "entries/"}
    short, long, edited = modules.evaluate(call, [host, "k: س\n"])
    assert short == {"url": host["repo"] + new, "mustPaste": kind == "gitlab"}
    assert long == {"url": host["repo"] + new.partition("&")[0], "mustPaste": True}
    assert edited == {"url": f"{host['repo']}{edit}entries/claims/s/a.yaml", "mustPaste": True}
