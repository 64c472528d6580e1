"""What editors' programs make of records: the language server that most of them run, with our schemas and settings."""

import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from musnad.editing.starter import Answers, make_publication, write_publication
from musnad.records.guidance import CHOICES, write_choices
from musnad.records.load import load_entries
from tests.conftest import PROJECT, TESTS
from tests.editors.client import Editor, edit

SERVER = TESTS / "tools/node_modules/yaml-language-server/bin/yaml-language-server"
HEAD = "# yaml-language-server: $schema=../../schemas/claim.schema.json\n"


@dataclass(frozen=True)
class Desk:
    """An editor with folders of records; those of ``open`` are the folder that it has open."""

    editor: Editor
    open: Path
    """The Badia Record; its ids are known."""
    fresh: Path
    """The same as cloned: its ids are not known."""
    second: Path
    """The invented record, with the ids of the other: an old list."""
    new: Path
    """What ``musnad init`` writes."""

    @property
    def claim(self) -> Path:
        """Where a new claim would be written."""
        return self.open / "entries/claims/sy24-109221/new.yaml"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Run the server; without it, say so plainly, and fail where MUSNAD_REQUIRE_NODE is set."""
    node = shutil.which("node")
    if not node or not SERVER.is_file():
        reason = "Node.js or the language server is missing: install nodejs and npm, then make test"
        if os.environ.get("MUSNAD_REQUIRE_NODE"):
            pytest.fail(reason)
        pytest.skip(reason)
    root = tmp_path_factory.mktemp("desk")
    known, foreign = (load_entries(folder / "entries").catalogue for folder in (PROJECT, TESTS / "second"))
    for name, source, choices in (
        ("open", PROJECT, known),
        ("fresh", PROJECT, None),
        ("second", TESTS / "second", known),
    ):
        ignore = shutil.ignore_patterns(CHOICES)
        shutil.copytree(source / "entries", root / name / "entries", ignore=ignore)
        if choices:
            write_choices(choices, root / name / "entries/schemas")
    assert known != foreign
    names = {"ar": "سجلّ", "en": "Record"}
    answers = Answers(names, {"ar": "", "en": ""}, "https://example.org/", "", "none", "", "en", "2026-11-28")
    assert write_publication(make_publication(answers), root / "new") == ()
    settings = json.loads((PROJECT / ".vscode/settings.json").read_text(encoding="utf-8"))
    # It would be fetched.
    settings["yaml.schemaStore.enable"] = False
    with edit([node, str(SERVER), "--stdio"], root / "open", settings) as editor:
        yield Desk(editor, root / "open", root / "fresh", root / "second", root / "new")


@pytest.mark.parametrize("name", ["open", "fresh", "second", "new"])
def test_no_alarm_on_any_file(desk: Desk, name: str) -> None:
    """Whether ids are known, unknown, or another record's: what is right is not underlined."""
    paths = sorted((getattr(desk, name) / "entries").rglob("*.yaml"))
    assert len(paths) >= 7
    found = desk.editor.check({path: path.read_text(encoding="utf-8") for path in paths})
    assert {path.name: alarms for path, alarms in found.items() if alarms} == {}


@pytest.mark.parametrize(
    ("typed", "label", "inserts", "told"),
    [
        ("sub|", "subject", "subject: ", "Subject · الفاعل"),
        ("subject: |", "al-quriyah · القورية", "al-quriyah", "Al-Quriyah · القورية (Place · مكان)"),
        ("subject: القو|", "al-quriyah · القورية", "al-quriyah", "Al-Quriyah"),
        ("predicate: |", "size · عدد أو مساحة", "size", "size · عدد أو مساحة"),
        ("modality: re|", "reported · بصيغة النقل", "reported", "As reported"),
        ("attribution:\n- {voice: |}", "correspondent · مراسل", "correspondent", "correspondent · مراسل"),
        ("attribution:\n- voice: outlet\n  entity: |", "sy24 · SY24", "sy24", "(News outlet · موقع إخباري)"),
        (
            "locators:\n- source: |",
            "sy24-109221 · مقال عن التجارة مع خلايا تنظيم داعش في البادية",
            "sy24-109221",
            "Article on trade",
        ),
        ("superseded_by: |", "sy24-109221/area-size · مساحة الرقعة", "sy24-109221/area-size", "Size of the area"),
        ("place:\n  entities:\n  - |", "al-quriyah · القورية", "al-quriyah", "(Place · مكان)"),
        ("quantities:\n- measures: price\n  unit: |", "kg · كغ", "kg", "kg · كغ"),
        ("status: |", "draft", "draft", "draft · مسودة"),
        ("time: {edtf: |}", "2024-06", "2024-06", ""),
        ("attribution:\n- |", "a named voice · صوت مسمّى", "voice: $1\n  entity: $2", "صوت مسمّى"),
        ("quantities:\n- |", "a number and its unit · عدد ووحدة", "measures: $1\n  value: $2\n  unit: $3", "عدد ووحدة"),
        ("title: |", "in both languages · باللغتين", "\n  ar: $1\n  en: $2", "باللغتين"),
    ],
)
def test_what_is_offered(desk: Desk, typed: str, label: str, inserts: str, told: str) -> None:
    """Fields, terms and records with their names in both languages, in the place of what is typed already."""
    choice = desk.editor.complete(desk.claim, HEAD + typed)[label]
    assert choice.inserts == inserts
    assert told in choice.told
    assert choice.replaces == typed.partition("|")[0].split(" ")[-1].strip("{-")


def test_only_what_fits_is_offered(desk: Desk) -> None:
    """Places where places fit, outlets where outlets fit."""
    places = desk.editor.complete(desk.claim, f"{HEAD}place:\n  entities: [al-quriyah, |]")
    assert any(name.startswith("al-asharah ·") for name in places)
    source = desk.open / "entries/sources/new.yaml"
    outlets = desk.editor.complete(source, "# yaml-language-server: $schema=../schemas/source.schema.json\noutlet: |")
    assert {choice.inserts for choice in outlets.values()} == {"sy24", "syria-monitor"}
    assert not any(name.startswith("sy24 ·") for name in places)


@pytest.mark.parametrize(
    ("place", "text", "told"),
    [
        ("claim", "sub|ject: al-quriyah", ["Subject · الفاعل", "The entity that the claim is about.", "الكيان الذي"]),
        ("claim", "subject: al-qu|riyah", ["Al-Quriyah · القورية (Place · مكان)", "Subject · الفاعل"]),
        ("claim", "attribution: [{voice: corres|pondent}]", ["correspondent · مراسل", "Kind of voice · نوع الصوت"]),
        ("claim", "polarity: den|ied", ["`denied`: denied · ينفيه", "Affirmed or denied · إثبات أم نفي"]),
        ("site", "reg|ion: SY", ["Country or territory · البلد أو الإقليم", "حرفان"]),
        ("vocabulary/units", "usd:\n  sin|gle: {ar: دولار, en: dollar}", ["One of it · واحدة منها"]),
    ],
)
def test_what_is_told_of_fields_and_values(desk: Desk, place: str, text: str, told: list[str]) -> None:
    """The field's name and help, and the name of what stands there, in both languages."""
    path = desk.claim if place == "claim" else desk.open / f"entries/{place}.yaml"
    schema = f"{'../' * (len(path.relative_to(desk.open).parts) - 2)}schemas/{Path(place).name}.schema.json"
    found = desk.editor.hover(path, f"# yaml-language-server: $schema={schema}\n{text}")
    assert [words for words in told if words not in found] == []


@pytest.mark.parametrize(
    ("text", "underlined", "told"),
    [
        ("subject: Deir Ezzor", "Deir Ezzor", ["small Latin letters", "حروف لاتينية صغيرة"]),
        ("status: publishd", "publishd", ["published"]),
        ("modallity: reported", "modallity", ["not allowed"]),
        ("time: {edtf: yesterday, basis: stated}", "yesterday", ["EDTF", "تاريخ بصيغة"]),
        ("quantities:\n- {measures: price, value: ten, unit: usd}", "ten", ["such as 250", "عدد مثل"]),
        ("title: {ar: '', en: Price}", "''", ["a text is needed", "يجب أن يكون هنا نص"]),
        ("locators:\n- {source: x, digest: sha256:12}", "sha256:12", ["musnad fix", "البصمة"]),
        ("attribution: outlet", "outlet", ["array"]),
    ],
)
def test_what_is_wrong_is_underlined_in_its_place(desk: Desk, text: str, underlined: str, told: list[str]) -> None:
    """The value or the name of the field, and nothing else beside what is missing."""
    found = desk.editor.check({desk.claim: HEAD + text})[desk.claim]
    alarms = [alarm for alarm in found if "Missing property" not in alarm.message]
    assert [(alarm.text, alarm.line) for alarm in alarms] == [
        (underlined, 2 + text[: text.find(underlined)].count("\n"))
    ]
    assert [words for words in told if words not in alarms[0].message] == []


def test_settings_lead_to_the_schema_without_a_first_line(desk: Desk) -> None:
    """A file that somebody begins."""
    assert "subject" in desk.editor.complete(desk.claim, "status: draft\n|")


def test_ids_are_offered_once_they_are_written(desk: Desk) -> None:
    """What was not there is read when an editor's program hears of it."""
    path, schemas = desk.fresh / "entries/claims/sy24-109221/new.yaml", desk.fresh / "entries/schemas"
    wanted = "al-quriyah · القورية"
    assert wanted not in desk.editor.complete(path, f"{HEAD}subject: |")
    assert "size · عدد أو مساحة" in desk.editor.complete(path, f"{HEAD}predicate: |")
    write_choices(load_entries(desk.fresh / "entries").catalogue, schemas)
    desk.editor.notice(schemas / CHOICES)
    assert wanted in desk.editor.complete(path, f"{HEAD}subject: |")


def test_new_publication_has_the_same_settings(desk: Desk) -> None:
    """As this repository, which has the same folders."""
    for path in (PROJECT / ".vscode").iterdir():
        assert (desk.new / ".vscode" / path.name).read_text(encoding="utf-8") == path.read_text(encoding="utf-8")
