"""Read an issue that was made by one of the forms, and make of it what a program can: a draft, or one changed value.

The text is strangers' words: data, whatever it says. Nothing of it becomes a path, a command or a template; ids are
checked, and what is drafted is checked again as every record is.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import getitem
from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError

from musnad.derive.visible import follow_redirect
from musnad.editing.change import Draft
from musnad.editing.create import propose_id
from musnad.editing.host import load_forms
from musnad.editing.journal import RefusedError
from musnad.editing.splice import replace_text
from musnad.editing.starter import clean_answer
from musnad.editing.style import write_record
from musnad.editing.suggest import draft_source
from musnad.records.model import Catalogue, Entity, Source
from musnad.records.problems import N_
from musnad.records.values import SLUG, Address, Edtf
from musnad.records.walk import find_record, iter_records
from musnad.records.yamltext import FieldPath
from musnad.rules.references import iter_references
from musnad.text.addresses import find_host_name, find_page
from musnad.text.bidi import script_of
from musnad.text.digits import to_latin_digits
from musnad.text.languages import LANGS
from musnad.text.letters import NO_TEXT

LONGEST = 256 * 1024
"""Bytes of an issue that are read; the hosts take less."""
OPEN = "…"
"""Marks what a draft leaves to an editor, as ``suggest`` does."""
EMPTY = frozenset({"_No response_", ""})
UNTOUCHED = frozenset({"status", "reviews", "history", "extracted", "sensitivity"})
"""Fields that say what people did or decided: no issue changes them."""
_HEADING = re.compile(r"#{3} +(.*)")
_COMMENT = re.compile(r"<!--[^>]*-->")
_OF_FILES = re.compile(r"%[0-9A-Fa-f]{2}|\.\w{1,5}$|\?.*")
_PLACE = re.compile(r"(\d{1,5})\s*[.:/،,]\s*(\d{1,5})")
_REF = re.compile(rf"(?:^|/)(entities/{SLUG}|sources/{SLUG}|claims/{SLUG}/{SLUG})(?:\.html|/index\.html|/)?$")


@dataclass(frozen=True)
class Form:
    """A form for issues: what its fields are called, in order."""

    name: str
    labels: Mapping[str, str]
    required: frozenset[str]


@dataclass(frozen=True)
class Issue:
    """What was filled in, by field; empty where nothing was."""

    form: str
    answers: Mapping[str, str]

    def line(self, field: str) -> str:
        """Return an answer on one line."""
        return clean_answer(self.answers.get(field, ""))


@dataclass(frozen=True)
class Started:
    """A draft to be completed: its path below the entries, and its text."""

    place: str
    text: str


def read_forms(folder: Path) -> tuple[Form, ...]:
    """Return the forms in a folder. Raises OSError and yaml.YAMLError."""
    found = []
    for name, data in load_forms(folder):
        fields = [item for item in data["body"] if "id" in item and item["type"] != "markdown"]
        labels = {item["id"]: str(item["attributes"]["label"]) for item in fields}
        required = {item["id"] for item in fields if item.get("validations", {}).get("required")}
        found.append(Form(name, labels, frozenset(required)))
    return tuple(found)


def read_issue(text: str, forms: tuple[Form, ...]) -> Issue:
    """Return what was filled in, by the form whose headings the text has. Raises RefusedError."""
    lines = (NO_TEXT.sub("", clean_answer(line)) for line in text.splitlines())
    texts = ["" if _COMMENT.fullmatch(line) else line for line in lines]
    found = [(form, _list_headings(texts, form)) for form in forms]
    form, headings = max(found, key=lambda pair: len({field for _, field in pair[1]}), default=(None, []))
    if form is None or not headings:
        raise RefusedError(N_("none of the forms made this text: it has no heading of theirs"))
    fields = [field for _, field in headings]
    for field, label in form.labels.items():
        if fields.count(field) > 1:
            message = N_("the heading “{label}” stands there twice: take out what was not filled in there")
            raise RefusedError(message, label=label)
    ends = [*(at for at, _ in headings[1:]), len(texts)]
    answers = {field: "\n".join(texts[at + 1 : end]).strip() for (at, field), end in zip(headings, ends, strict=True)}
    answers = {field: "" if answer in EMPTY else answer for field, answer in answers.items()}
    for field in form.labels:
        if field in form.required and not answers.get(field):
            raise RefusedError(N_("nothing was filled in under “{label}”"), label=form.labels[field])
    return Issue(form.name, answers)


def _list_headings(texts: list[str], form: Form) -> list[tuple[int, str]]:
    """Return the lines that are headings of a form, with their fields; any other heading is somebody's text."""
    # A label stands in both languages; who writes by hand may write one.
    known = {part: field for field, label in form.labels.items() for part in (label, *label.split(" · "))}
    matches = ((at, _HEADING.fullmatch(text)) for at, text in enumerate(texts))
    return [(at, known[match[1].strip()]) for at, match in matches if match and match[1].strip() in known]


def find_page_record(catalogue: Catalogue, address: str) -> str:
    """Return the record that an address of a page, or an id, leads to. Raises RefusedError."""
    match = _REF.search(re.split("[?#]", address[:2000])[0])
    ref = match[1] if match else ""
    if ref in catalogue.redirects:
        ref = follow_redirect(catalogue, ref) or ref
    if not find_record(catalogue, ref):
        raise RefusedError(N_("this leads to no record: {address}"), address=address[:200])
    return ref


def start_source(catalogue: Catalogue, issue: Issue, id_: str | None, today: str) -> Started:
    """Return the beginnings of a source. Raises RefusedError."""
    address, title = issue.line("address"), issue.line("title")
    if not _fits(Address, address):
        raise RefusedError(N_("{value} is not a web address (https://…)"), value=address[:200])
    for source in catalogue.sources.values():
        if find_page(address) in (find_page(source.address), find_page(source.archive)):
            raise RefusedError(N_("{id} is recorded from this address already"), id=source.id)
    tail = _OF_FILES.sub("", address.rstrip("/").rpartition("/")[2])
    proposed = propose_id(f"{find_host_name(address).partition('.')[0]}-{tail[:40]}")
    id_ = _check_id(id_ or proposed, catalogue.sources)
    date = to_latin_digits(issue.line("date"))
    lang = script_of(title) or "en"
    data = {
        **draft_source([], today),
        "outlet": find_outlet(catalogue, issue.line("publisher")) or OPEN,
        "address": address,
        "language": "ar" if lang == "ar" else OPEN,
        "title": {"ar": OPEN, "en": OPEN, lang: title, "origin": "published"},
        "published": date if date and _fits(Edtf, date) else OPEN,
        # ``suggest`` counts them, from the text.
        "paragraphs": OPEN,
        **_begin(today),
    }
    return _start(f"sources/{id_}.yaml", data, {name: issue.line(name) for name in ("publisher", "date", "why")})


def start_claim(catalogue: Catalogue, issue: Issue, id_: str | None, today: str) -> Started:
    """Return the beginnings of a claim. Raises RefusedError."""
    ref = find_page_record(catalogue, issue.line("source"))
    source = find_record(catalogue, ref)
    if not isinstance(source, Source):
        raise RefusedError(N_("this is the page of no source: {address}"), address=issue.line("source")[:200])
    statement = {"ar": issue.line("arabic") or OPEN, "en": issue.line("english") or OPEN}
    if set(statement.values()) == {OPEN}:
        raise RefusedError(N_("what the sentence says stands there in neither language"))
    spot = _find_spot(source, to_latin_digits(issue.line("place")))
    words = " ".join(issue.line("english").split()[:6])
    proposed = propose_id(words) or (f"p{spot['paragraph']}s{spot['sentence']}" if spot else "")
    known = {claim.id.partition("/")[2] for claim in catalogue.claims.values() if claim.source_id == source.id}
    id_ = _check_id(id_ or proposed, known)
    data = {
        "title": dict.fromkeys(LANGS, OPEN),
        "statement": statement,
        "subject": OPEN,
        "predicate": OPEN,
        "modality": OPEN,
        "attribution": [{"voice": "outlet", "entity": source.outlet}, {"voice": OPEN}],
        "locators": [{"source": source.id, **(spot or dict.fromkeys(("paragraph", "sentence", "digest"), OPEN))}],
        **_begin(today),
    }
    notes = {"voice": issue.line("voice"), "place": "" if spot else issue.line("place")}
    return _start(f"claims/{source.id}/{id_}.yaml", data, notes)


def _find_spot(source: Source, text: str) -> dict[str, Any]:
    """Return paragraph, sentence and digest of a place such as 3.1; empty where the source has no such sentence."""
    for number, paragraph in enumerate(source.paragraphs, 1):
        for at, sentence in enumerate(paragraph.sentences, 1):
            if (match := _PLACE.fullmatch(text)) and (number, at) == (int(match[1]), int(match[2])):
                return {"paragraph": number, "sentence": at, "digest": sentence.digest}
    return {}


def find_outlet(catalogue: Catalogue, name: str) -> str | None:
    """Return the outlet of a source that has exactly this name, where there is one."""
    outlets = {source.outlet for source in catalogue.sources.values()}
    found = [
        id_
        for id_ in sorted(outlets)
        if isinstance(entity := catalogue.entities.get(id_), Entity)
        and any(known.text.casefold() == name.casefold() for known in entity.names)
    ]
    return found[0] if len(found) == 1 else None


def _fits(kind: Any, value: str) -> bool:
    try:
        TypeAdapter(kind).validate_python(value)
    except ValidationError:
        return False
    return True


def _check_id(id_: str, known: Collection[str]) -> str:
    if not id_:
        raise RefusedError(N_("no id can be made of this: give one with --id"))
    if not re.fullmatch(SLUG, id_) or len(id_) > 80:
        message = N_("{value} is not an id: use lower-case letters a to z, digits and single hyphens")
        raise RefusedError(message, value=id_[:200])
    if id_ in known:
        raise RefusedError(N_("the id {id} is taken: give another one with --id"), id=id_)
    return id_


def _begin(today: str) -> dict[str, Any]:
    return {
        "status": "draft",
        "extracted": {"date": today, "method": "by-hand"},
        "history": [{"date": today, "change": "created"}],
    }


def _start(place: str, data: Mapping[str, Any], notes: Mapping[str, str]) -> Started:
    """Put together a draft; what has no field yet stands in comments, a line each."""
    lines = [f"# {name}: {note}\n" for name, note in notes.items() if note]
    return Started(place, write_record(data, place) + "".join(lines))


@dataclass(frozen=True)
class Correction:
    """One value of a record, as it is and as an issue wants it."""

    field: str
    path: FieldPath
    old: str
    new: str


def find_correction(draft: Draft, ref: str, issue: Issue) -> Correction | None:
    """Return the value that an issue names unmistakably, None where it names none. Raises RefusedError."""
    field, new = to_latin_digits(issue.line("field")), issue.line("value")
    if not field or not new:
        return None
    steps = field.split(".")
    data: Any = yaml.load(draft.read(draft.place(ref)), yaml.BaseLoader)
    path: list[str | int] = []
    for step in steps:
        inner: Any = None
        if isinstance(data, list) and step.isdecimal() and 0 < int(step) <= len(data):
            path.append(int(step) - 1)
            inner = data[int(step) - 1]
        elif isinstance(data, dict) and step in data:
            path.append(step)
            inner = data[step]
        data = inner
    if not isinstance(data, str) or steps[0] in UNTOUCHED:
        raise RefusedError(N_("no value of this record that an issue may change is called {field}"), field=field[:200])
    return Correction(field, tuple(path), data, new)


def correct(draft: Draft, ref: str, correction: Correction) -> None:
    """Put the value that an issue wants in the place of the record's. Raises RefusedError."""
    place = draft.place(ref)
    old = draft.read(place)
    new = replace_text(old, correction.path, correction.new)
    *above, last = correction.path
    wanted: Any = yaml.load(old, yaml.BaseLoader)
    reduce(getitem, above, wanted)[last] = correction.new
    # Whatever the value is made of, it is this one value that changes.
    if not _holds(new, wanted):
        raise RefusedError(N_("{field} can't be changed by a program: edit {file}"), field=correction.field, file=place)
    draft.write(place, new)
    draft.tell(N_("changed in {file}: {field}"), file=place, field=correction.field)
    if last in LANGS:
        draft.tell(N_("look at it: the text in the other language is as before"))


def _holds(text: str, wanted: Any) -> bool:
    try:
        return bool(yaml.load(text, yaml.BaseLoader) == wanted)
    except yaml.YAMLError:
        return False


def list_naming(catalogue: Catalogue, ref: str) -> Iterator[str]:
    """Yield the records that name a record."""
    for record in iter_records(catalogue):
        if any(f"{found.folder}/{found.id}" == ref for found in iter_references(record)):
            yield record.ref
