"""``musnad from-issue``: issues as the forms on the host make them become drafts or one changed value, no more."""

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from musnad.cli import cli
from musnad.editing.host import FORMS, TEMPLATES
from musnad.editing.issue import read_forms
from musnad.records.yamltext import read_yaml
from musnad.rules.check import check_entries
from musnad.text.languages import LANGS
from tests.conftest import TOY

FORMS_BY_NAME = {form.name: form for form in read_forms(TEMPLATES / FORMS)}
CLAIM = "claims/tide-post-12/rye-bread-price"
ADDRESS = "https://news.example/world/8812.html"
SOURCE = {"address": ADDRESS, "title": "Bread is dearer", "publisher": "tide post", "date": "2024-06-01"}
CORRECTION = {"page": f"https://harbour.example/en/{CLAIM}/", "wrong": "The price.", "right": "Ninety-five."}
NEW_CLAIM = {
    "source": "sources/tide-post-12",
    "voice": "a baker",
    "english": "Bread sells out by noon.",
    "place": "١.٢",
}


def make_body(form: str, answers: dict[str, str], part: int | None = None) -> str:
    """Return the text of an issue as GitHub makes it of a form, or with its labels in one language."""
    labels = FORMS_BY_NAME[form].labels
    named = {id_: label if part is None else label.split(" · ")[part] for id_, label in labels.items()}
    return "".join(f"### {label}\r\n\r\n{answers.get(id_) or '_No response_'}\r\n\r\n" for id_, label in named.items())


def run(body: str | bytes, entries: Path, *options: str) -> Result:
    """Give a text to the command."""
    return CliRunner().invoke(cli, ["from-issue", "-", "--entries", str(entries), *options], input=body)


def read(path: Path) -> dict[str, Any]:
    """Return a draft as any reader of YAML takes it."""
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def list_files(folder: Path) -> dict[str, bytes]:
    """Return what lies below a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("form", FORMS_BY_NAME)
def test_every_form_asks_in_both_languages_what_the_command_reads(form: str) -> None:
    """Each label has both; a form that nobody reads would be an empty promise."""
    labels = FORMS_BY_NAME[form].labels
    assert all(len(label.split(" · ")) == len(LANGS) for label in labels.values())
    answers = {"source": SOURCE, "correction": CORRECTION, "claim": NEW_CLAIM, "takedown": {"page": "", "reason": ""}}
    assert set(answers[form]) <= set(labels)


@pytest.mark.parametrize("part", [None, 0, 1], ids=["both", "ar", "en"])
def test_source_becomes_a_draft(part: int | None, tmp_path: Path) -> None:
    """What was filled in, with what is open marked; check then tells of each open place and of nothing else."""
    entries = shutil.copytree(TOY, tmp_path / "entries")
    done = run(make_body("source", SOURCE, part), entries, "--output", str(tmp_path / "drafts"))
    assert done.exit_code == 0, done.output
    assert list_files(tmp_path / "drafts").keys() == {"sources/news-8812.yaml"}
    draft = read(tmp_path / "drafts/sources/news-8812.yaml")
    assert (draft["outlet"], draft["address"], draft["status"]) == ("tide-post", ADDRESS, "draft")
    assert draft["title"] == {"ar": "…", "en": "Bread is dearer", "origin": "published"}
    assert str(draft["published"]) == "2024-06-01"
    shutil.copy(tmp_path / "drafts/sources/news-8812.yaml", entries / "sources")
    checked = check_entries(entries)
    assert checked.problems == ()
    assert {warning.rule for warning in checked.warnings} == {"unfinished"}


def test_claim_becomes_a_draft_at_its_sentence(tmp_path: Path) -> None:
    """The digest is the source's own; a place that is not there is left open and told."""
    done = run(make_body("claim", NEW_CLAIM), TOY, "--output", str(tmp_path))
    assert done.exit_code == 0, done.output
    (path,) = tmp_path.rglob("*.yaml")
    assert path.relative_to(tmp_path).as_posix() == "claims/tide-post-12/bread-sells-out-by-noon.yaml"
    draft = read(path)
    source = read(TOY / "sources/tide-post-12.yaml")
    digest = source["paragraphs"][0]["sentences"][1]["digest"]
    assert draft["locators"] == [{"source": "tide-post-12", "paragraph": 1, "sentence": 2, "digest": digest}]
    assert draft["statement"] == {"ar": "…", "en": "Bread sells out by noon."}
    assert "# voice: a baker\n" in path.read_text(encoding="utf-8")
    shown = run(make_body("claim", NEW_CLAIM | {"place": "99.1"}), TOY).stdout
    assert "paragraph: …" in shown
    assert "# place: 99.1" in shown


def test_correction_is_shown_and_only_written_when_asked(toy_copy: Path) -> None:
    """The record, its file, and what is proposed; then the one value, which undo takes back."""
    body = make_body("correction", CORRECTION | {"field": "quantities.1.value", "value": "95"})
    before = list_files(toy_copy)
    shown = run(body, toy_copy)
    assert shown.exit_code == 0, shown.output
    assert f"{toy_copy.as_posix()}/{CLAIM}.yaml" in shown.stdout
    assert "a sack of rye bread costs ninety crowns" in shown.stdout
    assert "quantities.1.value: 90 → 95" in shown.stdout
    assert list_files(toy_copy) == before
    assert run(body, toy_copy, "--apply").exit_code == 0
    after = list_files(toy_copy)
    assert {name for name in after if after[name] != before[name]} == {f"{CLAIM}.yaml"}
    assert after[f"{CLAIM}.yaml"] == before[f"{CLAIM}.yaml"].replace(b"value: 90", b"value: 95")
    assert CliRunner().invoke(cli, ["undo", "--entries", str(toy_copy)]).exit_code == 0
    assert list_files(toy_copy) == before


def test_correction_without_a_field_changes_nothing(toy_copy: Path) -> None:
    """Words alone are for somebody who knows the source."""
    before = list_files(toy_copy)
    done = run(make_body("correction", CORRECTION), toy_copy, "--apply")
    assert done.exit_code == 0
    assert "It names no field with its value" in done.stdout
    assert list_files(toy_copy) == before


def test_correction_that_the_rules_refuse_is_not_written(toy_copy: Path) -> None:
    """As by every command that changes records."""
    before = list_files(toy_copy)
    done = run(make_body("correction", CORRECTION | {"field": "predicate", "value": "sings-of"}), toy_copy, "--apply")
    assert done.exit_code == 1
    assert "unknown-term" in done.stdout
    assert list_files(toy_copy) == before


@pytest.mark.parametrize("lang", LANGS)
def test_takedown_is_told_and_nothing_done(lang: str, toy_copy: Path) -> None:
    """What names the record, what there is to do, and who decides."""
    before = list_files(toy_copy)
    answers = {"page": "https://harbour.example/ar/entities/old-harbour/", "reason": "safety"}
    done = run(
        make_body("takedown", answers), toy_copy, "--lang", lang, "--apply", "--output", str(toy_copy.parent / "x")
    )
    assert done.exit_code == 0, done.output
    assert "musnad withhold" in done.stdout
    assert CLAIM in done.stdout
    assert ("Whoever maintains" in done.stdout) == (lang == "en")
    assert list_files(toy_copy) == before
    assert not (toy_copy.parent / "x").exists()


@pytest.mark.parametrize(
    ("form", "changed", "told"),
    [
        ("source", {"address": "javascript:alert(1)"}, "is not a web address"),
        ("source", {"address": "https://a.example/ two"}, "is not a web address"),
        ("source", {"address": "http://www.tide.example/12/?utm_source=x"}, "is recorded from this address already"),
        ("source", {"address": "https://شبكة.example/"}, None),
        ("source", {"title": ""}, "nothing was filled in under"),
        ("source", {"title": f"x\n### {FORMS_BY_NAME['source'].labels['publisher']}\ny"}, "stands there twice"),
        ("claim", {"source": "entities/old-harbour"}, "is the page of no source"),
        ("claim", {"english": ""}, "in neither language"),
        ("correction", {"page": "https://x.example/en/claims/../../../etc/passwd"}, "leads to no record"),
        ("correction", {"page": "claims/tide-post-12/no-such"}, "leads to no record"),
        ("correction", {"page": "`$(touch x)`"}, "leads to no record"),
        ("correction", {"page": "entities/" + "a-" * 60_000 + "/"}, "leads to no record"),
        *(
            ("correction", {"field": field, "value": "x"}, "no value of this record")
            for field in ("status", "reviews.1.reviewer", "statement", "quantities.0.value", "quantities.9.value")
        ),
        ("correction", {"field": "__class__.__name__", "value": "x"}, "no value of this record"),
        ("correction", {"field": "../../x", "value": "x"}, "no value of this record"),
    ],
)
def test_what_can_not_be_is_refused(form: str, changed: dict[str, str], told: str | None, toy_copy: Path) -> None:
    """In words, without a traceback; nothing is written."""
    good = {"source": SOURCE, "claim": NEW_CLAIM, "correction": CORRECTION}[form]
    before = list_files(toy_copy.parent)
    done = run(make_body(form, good | changed), toy_copy, "--apply")
    assert list_files(toy_copy.parent) == before
    assert (done.exit_code, told or "") == (1 if told else 0, told or "")
    assert not told or told in done.stderr


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xfe\x00",
        b"plain words",
        b"### Other heading\n\nx",
        b"x" * 300_000,
        b"<!--" * 60_000,
        b"### " * 60_000,
    ],
    ids=["empty", "no UTF-8", "no form", "other form", "too long", "open comments", "many headings"],
)
def test_text_of_no_form_is_refused(body: bytes) -> None:
    """Whatever it is."""
    done = run(body, TOY)
    assert done.exit_code == 1
    assert done.stderr.startswith("Error: ")


@pytest.mark.parametrize("id_", ["../x", "X", "a/b", "", "a" * 81, "tide-post-12", "x\n"])
def test_id_is_an_id(id_: str, tmp_path: Path) -> None:
    """It becomes a path."""
    done = run(make_body("source", SOURCE), TOY, "--output", str(tmp_path), "--id", id_)
    assert (done.exit_code, [*tmp_path.rglob("*.yaml")]) == (
        (0, [tmp_path / "sources/news-8812.yaml"]) if not id_ else (1, [])
    )


HOSTILE = [
    "x\nstatus: published\nreviews: [{date: 2024-01-01, reviewer: me}]",
    "x\u2028status: published\x85reviews: []",
    "!!python/object/apply:os.system ['touch x']",
    "*alias &anchor <<: {a: b} | > % @ ` ' \" \\",
    "{{ 7 * 7 }} {% include 'x' %} ${{ github.token }} $(touch x) `touch x`; touch x",
    "::set-env name=X::y\n##[add-mask]x",
    "\x1b[31m\x1b]0;x\x07 \u202egnp.exe \u2066x \ufffe \uffff \x00 \ufdd0 \U0001ffff a\u200d" + "\u0301\u200d" * 30,
    "- - - # yaml-language-server: $schema=https://x.example/s.json",
    "no",
    "2024",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_words_stay_words(text: str, tmp_path: Path) -> None:
    """A stranger's text is one value or one comment: it adds no field, and no sign that a terminal obeys."""
    plain = yaml.safe_load(run(make_body("source", SOURCE), TOY).stdout.partition("\n# sources/")[2].partition("\n")[2])
    answers = SOURCE | {"title": text, "publisher": text, "why": text, "date": text}
    done = run(make_body("source", answers), TOY, "--output", str(tmp_path))
    assert done.exit_code == 0, done.output
    draft = read(tmp_path / "sources/news-8812.yaml")
    assert read_yaml((tmp_path / "sources/news-8812.yaml").read_bytes(), "x.yaml").problems == ()
    assert draft.keys() == plain.keys()
    assert draft["status"] == "draft"
    assert isinstance(draft["title"]["en"], str)
    assert [*tmp_path.rglob("*.yaml")] == [tmp_path / "sources/news-8812.yaml"]
    assert not set(done.stdout) & set("\x00\x07\x1b\x85\u2028\u202e\u2066")
    assert not [line for line in done.stdout.splitlines() if line.lstrip().startswith(("::", "##["))]


@pytest.mark.parametrize("text", HOSTILE)
def test_corrected_value_is_one_value(text: str, toy_copy: Path) -> None:
    """All else of the file stays to the byte, or nothing is written."""
    body = make_body("correction", CORRECTION | {"field": "title.en", "value": text})
    path = toy_copy / f"{CLAIM}.yaml"
    before = path.read_text(encoding="utf-8")
    run(body, toy_copy, "--apply")
    after = path.read_text(encoding="utf-8")
    assert after.splitlines()[1:] == before.splitlines()[1:]
    old, new = (yaml.load(side, yaml.BaseLoader) for side in (before, after))
    assert {**new, "title": None} == {**old, "title": None}
    assert new["title"]["ar"] == old["title"]["ar"]


def test_forms_of_the_publication_come_first(toy_copy: Path) -> None:
    """A newsroom may word its forms as it likes; what a field is goes by its id."""
    own = toy_copy.parent / ".github/ISSUE_TEMPLATE"
    shutil.copytree(TEMPLATES / FORMS, own)
    text = (own / "takedown.yml").read_text(encoding="utf-8")
    (own / "takedown.yml").write_text(text.replace("Address of the page", "Page"), encoding="utf-8")
    body = make_body("takedown", {"page": "entities/salt", "reason": "x"})
    assert run(body, toy_copy).exit_code == 1
    assert run(body.replace("Address of the page", "Page"), toy_copy).exit_code == 0
