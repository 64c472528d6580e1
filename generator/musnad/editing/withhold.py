"""Withhold records: out of the public files, with what would tell of them, into a private folder; and back again."""

import secrets
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from musnad.derive.named import SHORTEST
from musnad.editing.change import Draft, find_ref
from musnad.editing.journal import RefusedError
from musnad.editing.splice import add_field, add_key, remove_item, remove_key, write_flow
from musnad.editing.style import format_text
from musnad.pages.elements import labels
from musnad.records.files import list_visible, name_record
from musnad.records.inherit import find_written
from musnad.records.model import HIDDEN, Claim
from musnad.records.overlay import Overlay, Withheld
from musnad.records.problems import N_, Message, ProblemsError
from musnad.records.walk import find_record, iter_records
from musnad.records.yamltext import FieldPath, read_yaml
from musnad.rules.references import iter_references
from musnad.rules.rule import Record
from musnad.text.fold import fold_words
from musnad.text.languages import LANGS
from musnad.wording.words import load_all_words

FILE = "withheld.yaml"
_REDIRECTS, _SITE = "redirects.yaml", "site.yaml"
_LISTS = frozenset({"distinct_from", "names", "same_as", "links"})
"""Lists whose items fall away when what they name does; whatever else names it can't stand without it."""


@dataclass(frozen=True)
class Plan:
    """What goes with the records that were asked for, and what has to be changed for it."""

    asked: tuple[str, ...]
    along: tuple[str, ...]
    """Records that can't stand without them."""
    loose: tuple[tuple[str, FieldPath], ...]
    """Items of lists that name them, in other records, by address and path."""

    @property
    def refs(self) -> frozenset[str]:
        """Everything that goes."""
        return frozenset((*self.asked, *self.along))

    def tell(self) -> Iterator[Message]:
        """Yield what will happen, in words."""
        for ref in self.asked:
            yield N_("withheld: {id}"), {"id": ref}
        for ref in self.along:
            yield N_("goes with it, as it can’t stand without: {id}"), {"id": ref}
        for ref, path in self.loose:
            yield N_("taken out of {id}: {field}"), {"id": ref, "field": ".".join(map(str, path))}


def plan(draft: Draft, ids: Sequence[str]) -> Plan:
    """Find out what withholding records takes with it. Raises RefusedError where something has to be decided first."""
    catalogue = draft.loaded.catalogue
    asked = tuple(dict.fromkeys(find_ref(draft.loaded, id_) for id_ in ids))
    gone, records = set(asked), list(iter_records(catalogue))
    while more := {record.ref for record in records if record.ref not in gone and _falls(record, gone)} or _find_idle(
        records, gone
    ):
        gone |= more
    # Drafts that are no records yet stand and fall with their source.
    gone |= {ref for ref in draft.list_unfinished() if ref.startswith("claims/") and _find_source(ref) in gone}
    message = N_("this draft is no record yet and names {id}: finish it, or take that out of it first")
    named = [(ref, path, found) for ref, path, found in draft.find_named(gone) if ref not in gone]
    if problems := [draft.loaded.origins[ref].problem(path, "unfinished", message, id=id_) for ref, path, id_ in named]:
        raise ProblemsError(problems)
    for record in records:
        for path, folder, id_ in iter_references(record) if record.ref not in gone else ():
            if f"{folder}/{id_}" in gone and path[0] not in _LISTS:
                message = N_("{id} lies in {other}: say first what else it lies in")
                raise RefusedError(message, id=record.ref, other=f"{folder}/{id_}")
    loose = ((record.ref, path) for record in records if record.ref not in gone for path in _list_loose(record, gone))
    return Plan(asked, tuple(sorted(gone - {*asked})), tuple(loose))


def _find_source(claim: str) -> str:
    return f"sources/{claim.split('/')[1]}"


def _falls(record: Record, gone: Set[str]) -> bool:
    """Whether a record can't stand without what goes. A place is not in vain because what it lies in is withheld."""
    if isinstance(record, Claim) and f"sources/{record.source_id}" in gone:
        return True
    return any(
        f"{folder}/{id_}" in gone and path[0] not in {*_LISTS, "location"}
        for path, folder, id_ in iter_references(record)
    )


def _find_idle(records: Iterable[Record], gone: Set[str]) -> set[str]:
    """Return the entities that only what goes mentions: they would be empty pages."""
    mentions: defaultdict[str, set[bool]] = defaultdict(set)
    for record in records:
        for path, folder, id_ in iter_references(record) if record.status not in HIDDEN else ():
            if folder == "entities" and path[0] != "distinct_from":
                mentions[f"entities/{id_}"].add(record.ref in gone)
    return {ref for ref, seen in mentions.items() if seen == {True} and ref not in gone}


def _list_loose(record: Record, gone: Set[str]) -> list[FieldPath]:
    """Return the items of lists that name what goes, as they are written."""
    found = (path[:2] for path, folder, id_ in iter_references(record) if f"{folder}/{id_}" in gone)
    return [path for path in dict.fromkeys(found) if find_written(record, path)]


def withhold(draft: Draft, planned: Plan, reason: str, today: str, *, has_notice: bool = False) -> str:
    """Take records out of the public files, and return the name under which this is told of."""
    catalogue = draft.loaded.catalogue
    for ref in planned.refs:
        draft.remove(draft.place(ref))
    by_ref: defaultdict[str, list[FieldPath]] = defaultdict(list)
    for ref, path in planned.loose:
        by_ref[ref].append(path)
    for ref, paths in by_ref.items():
        record = find_record(catalogue, ref)
        assert record
        text = draft.read(draft.place(ref))
        for (name, *_), found in _group(paths):
            is_all = len(found) == len(getattr(record, str(name)))
            for path in [(name,)] if is_all else sorted(found, reverse=True):
                text = remove_key(text, path) if is_all else remove_item(text, path)
        draft.write(draft.place(ref), text)
    _forget_in_site(draft, planned.refs)
    _forget_redirects(draft, planned.refs)
    if has_notice:
        _leave_notices(draft, planned.asked, reason, today)
    name = f"w-{secrets.token_hex(4)}"
    text = add_field(draft.read(FILE), name, {"status": "withheld", "reason": reason, "date": today})
    draft.write(FILE, text if draft.before[FILE] else format_text(text, FILE))
    return name


def _group(paths: Iterable[FieldPath]) -> Iterator[tuple[FieldPath, list[FieldPath]]]:
    found: defaultdict[FieldPath, list[FieldPath]] = defaultdict(list)
    for path in paths:
        found[path[:1]].append(path)
    return iter(found.items())


def _forget_in_site(draft: Draft, refs: Set[str]) -> None:
    site = draft.loaded.catalogue.site
    if not site:
        return
    if f"claims/{site.featured}" in refs:
        draft.write(_SITE, remove_key(draft.read(_SITE), ("featured",)))
    shown = site.examples or ()
    named = [index for index, id_ in enumerate(shown) if f"entities/{id_}" in refs]
    for index in reversed(named if len(named) < len(shown) else ()):
        draft.write(_SITE, remove_item(draft.read(_SITE), ("examples", index)))
    if named and len(named) == len(shown):
        draft.write(_SITE, remove_key(draft.read(_SITE), ("examples",)))


def _forget_redirects(draft: Draft, refs: Set[str]) -> None:
    """Take away old addresses that lead to what goes: their ids tell of it too."""
    redirects, gone = draft.loaded.catalogue.redirects, set(refs)
    while more := {old for old, redirect in redirects.items() if redirect.to in gone and old not in gone}:
        gone |= more
    dead = [old for old in redirects if old in gone]
    if dead and len(dead) == len(redirects):
        draft.remove(_REDIRECTS)
        return
    for old in dead:
        draft.write(_REDIRECTS, remove_key(draft.read(_REDIRECTS), (old,)))
    if dead:
        draft.tell(N_("old addresses that lead nowhere now: {n}"), n=len(dead))


def _leave_notices(draft: Draft, refs: Iterable[str], reason: str, today: str) -> None:
    words = load_all_words()
    for ref in refs:
        told = {"gone": {lang: words[lang].gettext(labels.WITHHELD[reason]) for lang in LANGS}, "date": today}
        text = draft.read(_REDIRECTS)
        draft.write(_REDIRECTS, add_key(text, (), ref, told) if text else f"{ref}: {write_flow(told)}\n")


def keep(draft: Draft, planned: Plan, reason: str, today: str, note: str) -> Withheld:
    """Return what the private folder keeps of a draft."""
    was = {place: raw for place, raw in draft.before.items() if raw is not None and draft.after[place] != raw}
    was.pop(FILE, None)
    became = {place: draft.after[place] for place in was}
    return Withheld(tuple(sorted(planned.refs)), reason, today, note, was, became)


def restore(draft: Draft, overlay: Overlay, name: str) -> None:
    """Put back what was withheld under a name."""
    withheld = overlay.read(name)
    for place, raw in withheld.was.items():
        text = draft.read(place)
        if draft.after[place] == withheld.became[place]:
            draft.after[place] = raw
        elif (base := withheld.became[place]) is None:
            raise RefusedError(N_("{file} is there already; nothing was written"), file=place)
        elif (merged := _merge(text.encode(), base, raw)) is not None:
            draft.after[place] = merged
        else:
            message = N_("look at it: {file} was changed since, so that what was taken out of it stays out")
            draft.tell(message, file=place)
    text = draft.read(FILE)
    left = remove_key(text, (name,)) if name in draft.loaded.catalogue.withheld else text
    if len(draft.loaded.catalogue.withheld) > 1 or not text:
        draft.write(FILE, left)
    else:
        draft.remove(FILE)
    for ref in withheld.refs:
        draft.tell(N_("back among the records: {id}"), id=ref)


def _merge(now: bytes, base: bytes, was: bytes) -> bytes | None:
    """Return a text with what was taken out of it before others changed it; None where git can't tell."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, name) for name in ("now", "base", "was")]
        for path, raw in zip(paths, (now, base, was), strict=True):
            path.write_bytes(raw)
        try:
            done = subprocess.run(["git", "merge-file", "-p", *map(str, paths)], capture_output=True, check=False)
        except OSError:
            return None
    return None if done.returncode else done.stdout


def find_name(overlay: Overlay, id_: str) -> str:
    """Return the name under which a record, or this name itself, was withheld. Raises RefusedError."""
    found = [name for name, withheld in overlay if id_ in (name, *withheld.refs, *map(_strip, withheld.refs))]
    if len(found) != 1:
        message = N_("nothing was withheld under {id}") if not found else N_("several were: write one of {ids}")
        raise RefusedError(message, id=id_, ids=", ".join(found))
    return found[0]


def _strip(ref: str) -> str:
    return ref.partition("/")[2]


def list_words(withheld: Withheld) -> tuple[str, ...]:
    """Return the words by which withheld records are known: addresses, statements, titles, descriptions, names."""
    found = [*withheld.refs]
    for place, raw in withheld.was.items():
        if name_record(place) in withheld.refs:
            data = read_yaml(raw, place).data or {}
            for field in ("statement", "title", "description", "literal"):
                found += [text for lang, text in (data.get(field) or {}).items() if lang in LANGS]
            found += [str(name["text"]) for name in data.get("names", ())]
            found += [data["headline"]] if data.get("headline") else []
    # One word alone is everybody's.
    return tuple(dict.fromkeys(words for words in map(str, found) if "/" in words or len(words.split()) >= SHORTEST))


def find_traces(root: Path, words: Iterable[str]) -> Iterator[tuple[str, int, str]]:
    """Yield where words still stand in files of text below a folder, hidden ones left out: file, line, words."""
    wanted = [(word, " ".join(fold_words(word))) for word in words]
    for place in list_visible(root):
        try:
            lines = (root / place).read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue
        for number, line in enumerate([place, *lines]):
            folded = " ".join(fold_words(line))
            yield from ((place, number or 1, word) for word, sought in wanted if sought and sought in folded)
