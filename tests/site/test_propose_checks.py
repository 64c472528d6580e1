"""The form and musnad check agree: what one refuses the other does, with the same words."""

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Page

from musnad.derive.graph import make_graph
from musnad.derive.visible import publishable
from musnad.editing.style import RECORDS
from musnad.exports.fields import dump_shown
from musnad.exports.form import export_form, list_messages
from musnad.pages.elements.voices import make_chain, make_lead
from musnad.pages.site import Site, SiteOptions
from musnad.records.load import load_entries
from musnad.records.problems import Problem
from musnad.records.yamltext import TYPED
from musnad.rules import WARNINGS
from musnad.rules.check import check_entries
from musnad.text.languages import LANGS
from musnad.wording.words import load_all_words
from tests.conftest import PROJECT, TESTS, TOY
from tests.editing.test_style import list_files
from tests.lean import make_lean
from tests.rules.test_cases import CASES, TODAY, lay_over, read_case

LATE = "2030-01-01"
CHECK = """async ([form, files, asked, today]) => {
  const [{ check, UNCHECKED }, { parse }] = await Promise.all([import("/check.js"), import("/yamlio.js")])
  const records = {}
  for (const [place, text] of files) {
    const parts = place.replace(/\\.yaml$/, "").split("/")
    const found = parse(text)
    const ref = parts[0] === "claims" ? parts.join("/") : `${parts[0]}/${parts.at(-1)}`
    if (found.record) records[ref] = { record: found.record, kind: parts[1] }
  }
  const find = (ref) => records[ref] ?? null
  const types = { claims: "claim", entities: "entity", sources: "source" }
  return [UNCHECKED, asked.map(([place, text]) => {
    const found = parse(text)
    if (found.error) return ["syntax"]
    const [folder, ...rest] = place.replace(/\\.yaml$/, "").split("/")
    const id = folder === "claims" ? rest.join("/") : rest.at(-1)
    const context = { form: JSON.parse(form), today, find, kind: rest[0] }
    const tell = (lang) => check(types[folder], id, found.record, { ...context, lang })
    const arabic = tell("ar")
    return tell("en").map((one, n) => [one.rule, one.message, arabic[n].message])
  })]
}"""
# How YAML is written is told before anything else, by a reader of its own; whoever fills in a form writes none.
WRITING = ("yaml-", "merge-conflict", "duplicate-field", "empty-", "file-")


class Verdict(NamedTuple):
    """What both say of a file: rules, and messages in both languages."""

    command: list[Problem]
    form: list[Any]
    unchecked: list[str]

    @property
    def is_refused(self) -> bool:
        """Whether the command refuses it for something that the form knows too."""
        return any(problem.rule not in self.unchecked for problem in self.command)


def ask_both(modules: Page, entries: Path, wanted: set[str] | None = None, today: str = TODAY) -> dict[str, Verdict]:
    """Return what both say of the records below a folder."""
    # Of records that are wrong no site can be made; terms are all that differs.
    good = load_entries(TOY if wanted else entries).catalogue
    catalogue = replace(good, vocabulary=load_entries(entries).catalogue.vocabulary)
    # Nor can anything be derived where a term is missing; the form asks for nothing of that.
    shown = publishable(catalogue)
    site = Site(shown, make_graph(publishable(good)), load_all_words(catalogue.site), SiteOptions())
    checked = check_entries(entries, prefix="", today=today)
    files = [
        (place, path.read_text(encoding="utf-8"))
        for path, place in list_files(entries)
        if place.partition("/")[0] in RECORDS
    ]
    asked = [(place, text) for place, text in files if wanted is None or place in wanted]
    unchecked, found = modules.evaluate(CHECK, [export_form(site), files, asked, today])
    return {
        place: Verdict([p for p in checked.problems if p.file == place], told, unchecked)
        for (place, _), told in zip(asked, found, strict=True)
    }


def find_disagreements(verdicts: dict[str, Verdict]) -> dict[str, Any]:
    """Return the files of which one says what the other does not."""
    return {
        place: (list(map(str, verdict.command)), verdict.form)
        for place, verdict in verdicts.items()
        # What is called otherwise than a record is never read.
        if verdict.is_refused != bool(verdict.form) and not any(p.rule.startswith("file-") for p in verdict.command)
    }


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
@pytest.mark.sampled(6)
def test_bad_example_of_a_rule_is_refused_by_both(modules: Page, path: Path, toy_copy: Path) -> None:
    """With the same words in both languages, where it is a rule's and no matter of how YAML is written."""
    *changes, _ = read_case(path)
    lay_over(changes, toy_copy)
    verdicts = ask_both(modules, toy_copy, {change.path for change in changes if change.text})
    assert find_disagreements(verdicts) == {}
    words = load_all_words()
    for verdict in verdicts.values():
        if verdict.form != ["syntax"] and not any(
            p.rule.startswith(WRITING) or p.message == TYPED for p in verdict.command
        ):
            told = [p for p in verdict.command if p.rule not in verdict.unchecked and p.rule not in WARNINGS]
            expected = [
                [p.rule, *(words[lang].gettext(p.message).format_map(p.values) for lang in ("en", "ar"))] for p in told
            ]
            # What is misspelt is missing to the form, which does not guess.
            meant = {p.values["near"] for p in told if p.rule == "unknown-field" and "near" in p.values}
            form = [one for one in verdict.form if not (one[0].startswith("missing-") and set(one[1].split()) & meant)]
            assert sorted(map(_say, form)) == sorted(map(_say, expected))


def _say(told: list[str]) -> list[str]:
    """Leave out what the command alone knows: what may have been meant, what Unicode calls a character."""
    rule, *messages = told
    guessed = ("unknown-field", "hidden-character", "unknown-term", "dangling-reference")
    is_guess = rule in guessed or any("is not possible here" in message for message in messages)
    return [rule] if is_guess else [rule, *messages]


@pytest.mark.parametrize("root", [PROJECT / "entries", TESTS / "second/entries", TOY], ids=["badia", "second", "toy"])
def test_good_records_are_taken_by_both(modules: Page, root: Path) -> None:
    """Nothing that is published would be refused."""
    verdicts = ask_both(modules, root, today=LATE)
    assert {place: verdict.form for place, verdict in verdicts.items() if verdict.form} == {}


def test_record_that_leaves_to_its_sources_what_they_say_is_taken_by_both(modules: Page, tmp_path: Path) -> None:
    """Claims without outlet, status and extraction, and a mistake in one of them at its own place."""
    entries = Path(shutil.copytree(TESTS / "second/entries", tmp_path / "entries"))
    make_lean(entries)
    assert {place: found.form for place, found in ask_both(modules, entries, today=LATE).items() if found.form} == {}
    claim = next(path for path in entries.glob("claims/*/*.yaml") if "voice: official" in path.read_text("utf-8"))
    text = claim.read_text(encoding="utf-8")
    claim.write_text(text.replace("voice: official", "voice: officer"), encoding="utf-8")
    assert find_disagreements(found := ask_both(modules, entries, today=LATE)) == {}
    assert [verdict.form[0][0] for verdict in found.values() if verdict.form] == ["unknown-term"]


def test_words_of_the_form_are_those_of_the_catalogue() -> None:
    """Each message of its scripts is there in Arabic."""
    words = load_all_words()
    assert [message for message in list_messages() if words["ar"].gettext(message) == message] == []


OPEN = """async ([form, claims, names]) => {
  const [{ opening, chain }, { inherit }] = await Promise.all([import("/opening.js"), import("/inherit.js")])
  const context = { form: JSON.parse(form), nameOf: (id, lang) => names[id][lang] }
  return claims.map(([id, written]) => {
    const claim = inherit(written, id, context.form.sources[id.split("/")[0]])
    return ["ar", "en"].map((lang) => [opening(claim, context, lang), chain(claim, context, lang)])
  })
}"""


@pytest.mark.parametrize("is_lean", [False, True], ids=["whole", "lean"])
@pytest.mark.parametrize("root", [PROJECT / "entries", TESTS / "second/entries", TOY], ids=["badia", "second", "toy"])
def test_voices_are_named_as_on_pages(modules: Page, root: Path, tmp_path: Path, is_lean: bool) -> None:
    """Opening words, and each voice of the chain with what is said of it; the outlet's, though no claim says it."""
    root = Path(shutil.copytree(root, tmp_path / "entries"))
    if is_lean:
        make_lean(root)
    catalogue = load_entries(root).catalogue
    site = Site.make(catalogue, load_all_words(catalogue.site), SiteOptions())
    claims = [claim for claim in site.shown.claims.values() if claim.status != "retracted"]
    names = {id_: {lang: entity.name(lang) for lang in LANGS} for id_, entity in site.shown.entities.items()}
    dumped = [(claim.id, dump_shown(claim)) for claim in claims]
    made = modules.evaluate(OPEN, [export_form(site), dumped, names])
    for claim, by_lang in zip(claims, made, strict=True):
        for lang, (lead, voices) in zip(LANGS, by_lang, strict=True):
            composer = site.composers[lang]
            assert lead == make_lead(composer, claim)
            wanted = [(v.via, v.name, v.is_anonymous, v.note) for v in make_chain(composer, claim)]
            assert [(v["via"], v["name"], v["isAnonymous"], v["note"]) for v in voices] == wanted
