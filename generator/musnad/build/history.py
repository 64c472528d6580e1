"""Ask git what became of the records: one log for all of them, and the texts of their versions.

Only the published line counts (first parents): what readers saw. No name, no message and no time of day is asked for,
and of the time when a record was a draft or withheld nothing is told. Where git is missing or has not all there is
(shallow and partial clones), nothing is told, and no build fails.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple, get_args

import yaml

from musnad.derive.edits import Edit, EditKind, Edits
from musnad.derive.visible import follow_redirect
from musnad.editing.git import ask_git, find_state
from musnad.records.files import name_record
from musnad.records.model import HIDDEN, Catalogue
from musnad.records.walk import find_record
from musnad.text.digest import digest

_TOGETHER = 1000
"""Records whose versions are in memory at once."""
_LARGEST = 256 * 1024
_EPOCH = date(1970, 1, 1).toordinal()
_COMMIT = re.compile(r">([0-9a-f]+) (-?\d+)\n?")
_LAYOUT = str.maketrans("", "", " \t\n\"'{}[],-|>")
_FIELD = re.compile(r"^[\"']?([a-z_]+)[\"']?[ \t]*:", re.MULTILINE)
_STATUS = re.compile(r"[^:]*:\s*[\"']?([a-z]+)")
_TEXTS = frozenset(
    {
        *("title", "headline", "statement", "names", "description", "subkind", "literal", "readings"),
        *("not_stated", "unknowns", "rights", "address_basis", "history"),
    }
)
"""Fields that hold words; a change of any other is one of what is said, or of where."""
_CHANGES = frozenset(get_args(EditKind))
_STATES: Mapping[str, EditKind] = {"corrected": "corrected", "superseded": "superseded", "retracted": "retracted"}
_PARTIAL = r"^(extensions\.partialclone|remote\..*\.promisor)$"


class History(NamedTuple):
    """What git told, and of which state of the repository."""

    state: str
    edits: Edits


class _Version(NamedTuple):
    commit: str
    file: str
    blob: str


class _Text(NamedTuple):
    """A version's text by its top-level fields."""

    version: _Version
    fields: Mapping[str, str]

    @property
    def status(self) -> str:
        found = _STATUS.match(self.fields.get("status", ""))
        return found[1] if found else ""

    def value(self, name: str) -> Any:
        """Return what a field holds; where it can't be read, its text."""
        block = self.fields.get(name)
        # Aliases can make much of little.
        if block is None or ("&" in block and "*" in block):
            return block
        try:
            found = yaml.load(block, yaml.CBaseLoader)
        except (yaml.YAMLError, RecursionError):
            return block
        return found.get(name, block) if isinstance(found, dict) else block


def read_history(
    entries: Path, catalogue: Catalogue, known: History | None = None, about: bytes | None = None
) -> History | None:
    """Return the edits of all records below a folder of entries; None where git does not know them all.

    ``known`` is taken over when the repository is in the same state, which is ``about`` where it was asked for already.
    """
    about = about or find_state(entries)
    if about is None or b"\ntrue\n" in about:
        return None
    leads = {old: follow_redirect(catalogue, old) for old in catalogue.redirects}
    state = digest(about, repr(leads))
    if known is not None and known.state == state:
        return known
    if ask_git(entries, "config", "--get-regexp", _PARTIAL) is not None:
        return None
    log = ask_git(
        entries,
        *("-c", "log.showRoot=true", "log", "--first-parent", "-m", "--raw", "-z", "--no-renames", "--no-abbrev"),
        *("--relative", "--no-show-signature", "--no-notes", "--format=>%H %ct", "--", "."),
    )
    if log is None:
        return None
    versions = _list_versions(log.decode(errors="replace").split("\0"), leads)
    edits = _delay_claims(dict(_list_edits(entries, versions)))
    # Nothing is kept of what is no longer there.
    return History(state, {ref: found for ref, found in edits.items() if find_record(catalogue, ref)})


def list_tags(entries: Path, pattern: str = "*") -> list[tuple[str, int]] | None:
    """Return the tags on the way to the present state, and when what they name was committed, the oldest first.

    Times are seconds since 1970. None where git does not answer; of several tags of one commit, the first by name.
    """
    told = "--format=%(refname:short) %(*committerdate:unix)%(committerdate:unix) %(*objectname)%(objectname)"
    answer = ask_git(entries, "for-each-ref", "--merged=HEAD", told, f"refs/tags/{pattern}")
    if answer is None:
        return None
    rows = [line.split(" ") for line in answer.decode(errors="replace").splitlines()]
    # Of a tag with a message, git names its own object behind what it names.
    found = {row[2][:40]: (row[0], int(row[1])) for row in reversed(rows) if len(row) == 3 and row[1]}
    return sorted(found.values(), key=lambda tag: (tag[1], tag[0]))


def _list_versions(log: Iterable[str], leads: Mapping[str, str | None]) -> dict[str, dict[str, _Version]]:
    """Return the last version of each day, of each record by its address; a record that moved takes its own along.

    The log goes back in time, so that it tells of the move before it tells of the old address.
    """
    found: defaultdict[str, dict[str, _Version]] = defaultdict(dict)
    moved: dict[str, str] = {}
    for commit, day, files in _read_log(log):
        made = {ref: (status, path, blob) for status, path, blob, ref in files if status != "D"}
        gone = {ref for status, _, _, ref in files if status == "D"} - made.keys()
        if wanted := {leads[old]: old for old in sorted(gone, reverse=True) if leads.get(old)}:
            for ref, (status, _, _) in made.items():
                if status == "A" and (old := wanted.get(leads.get(ref, ref))):
                    moved[old] = moved.get(ref, ref)
        for ref, (_, path, blob) in made.items():
            found[moved.get(ref, ref)].setdefault(day, _Version(commit, path, blob))
    return found


def _read_log(log: Iterable[str]) -> Iterator[tuple[str, str, list[tuple[str, str, str, str]]]]:
    """Yield each commit with its day and the records it touched: status, path, blob, address."""
    commit, day = "", ""
    files: list[tuple[str, str, str, str]] = []
    entry: list[str] = []
    for part in log:
        if entry:
            # Links are no records of this repository.
            if (ref := name_record(part)) and (entry[1].startswith("100") or entry[4] == "D"):
                files.append((entry[4], part, entry[3], ref))
            entry = []
        elif part.lstrip("\n").startswith(":"):
            entry = part.lstrip("\n:").split(" ")
        elif match := _COMMIT.fullmatch(part):
            if files:
                yield commit, day, files
            commit, day, files = match[1], _find_day(int(match[2])), []
    if files:
        yield commit, day, files


def _find_day(seconds: int) -> str:
    """Return the day in UTC of a time by its seconds since 1970; git takes any, calendars do not."""
    return date.fromordinal(min(max(_EPOCH + seconds // 86_400, 1), date.max.toordinal())).isoformat()


def _list_edits(
    entries: Path, versions: Mapping[str, Mapping[str, _Version]]
) -> Iterator[tuple[str, tuple[Edit, ...]]]:
    """Yield the edits of each record, oldest first."""
    refs = sorted(versions)
    for start in range(0, len(refs), _TOGETHER):
        some = refs[start : start + _TOGETHER]
        texts = _read_blobs(entries, {version.blob for ref in some for version in versions[ref].values()})
        for ref in some:
            dated = ((day, version) for day, version in sorted(versions[ref].items()) if version.blob in texts)
            edits = tuple(_compare_versions((day, _Text(v, _split(texts[v.blob]))) for day, v in dated))
            if edits:
                yield ref, edits


def _read_blobs(entries: Path, blobs: Iterable[str]) -> dict[str, str]:
    """Return the text of each blob that is there and no larger than a record may be."""
    answer = (
        ask_git(entries, "cat-file", "--batch", given="".join(f"{blob}\n" for blob in sorted(blobs)).encode()) or b""
    )
    found, at = {}, 0
    while (end := answer.find(b"\n", at)) >= 0:
        blob, *rest = answer[at:end].decode().split(" ")
        at = end + 1
        if len(rest) == 2:
            size = int(rest[1])
            if size <= _LARGEST:
                found[blob] = answer[at : at + size].decode(errors="replace")
            at += size + 1
    return found


def _split(text: str) -> dict[str, str]:
    """Return the lines of each top-level field by its name: what did not change need not be read."""
    text = text.replace("\r\n", "\n")
    found = [(start[1], start.start()) for start in _FIELD.finditer(text)]
    return {name: text[at:end] for (name, at), (_, end) in pairwise([*found, ("", len(text))])}


def _compare_versions(dated: Iterable[tuple[str, _Text]]) -> Iterator[Edit]:
    before: _Text | None = None
    for day, text in dated:
        # Without a status it was no record that a build would have taken.
        if text.status in HIDDEN or not text.status:
            continue
        if before is None:
            yield _make_edit(day, text, "created", (), is_told="history" in text.fields)
        elif told := _compare(before, text):
            yield _make_edit(day, text, *told)
        before = text


def _make_edit(day: str, text: _Text, kind: EditKind, fields: tuple[str, ...], is_told: bool) -> Edit:
    return Edit(day, kind, fields, text.version.commit, text.version.file, is_told)


def _compare(old: _Text, new: _Text) -> tuple[EditKind, tuple[str, ...], bool] | None:
    """Return what kind of edit lies between two versions, in which fields, and whether the history tells of it.

    None where the difference is one of layout.
    """
    names = dict.fromkeys([*new.fields, *old.fields])
    fields = [name for name in names if old.fields.get(name) != new.fields.get(name) and _differs(old, new, name)]
    is_moved = name_record(old.version.file) != name_record(new.version.file)
    told: tuple[Any, Any] = _last_change(new) if "history" in fields else (None, None)
    is_told = "history" in fields and _last_change(old) != told
    kind: EditKind
    if is_told and told[1] in _CHANGES:
        kind = told[1]
    elif "status" in fields and new.status in _STATES:
        kind = _STATES[new.status]
    elif is_moved:
        kind = "moved"
    elif old.version.file != new.version.file:
        kind = "reclassified"
    elif not fields:
        return None
    elif fields == ["reviews"]:
        kind = "reviewed"
    else:
        kind = "reworded" if _TEXTS.issuperset(fields) else "changed"
    shown = () if kind == "retracted" else tuple(f for f in fields if f not in ("status", "history"))
    return kind, shown, is_told


def _differs(old: _Text, new: _Text, name: str) -> bool:
    """Whether a field, whose lines differ, holds something else. Most differ in their letters; that is told cheaply."""
    lines = old.fields.get(name, ""), new.fields.get(name, "")
    if not any(sign in text for text in lines for sign in "#\\"):
        one, other = (text.translate(_LAYOUT) for text in lines)
        if one != other:
            return True
    return bool(old.value(name) != new.value(name))


def _last_change(text: _Text) -> tuple[Any, Any]:
    history = text.value("history")
    last = history[-1] if isinstance(history, list) and history else None
    return (last.get("date"), last.get("change")) if isinstance(last, dict) else (None, None)


def _delay_claims(edits: dict[str, tuple[Edit, ...]]) -> dict[str, tuple[Edit, ...]]:
    """Let no claim begin before its source: until then readers saw neither."""
    for ref, known in edits.items():
        folder, _, rest = ref.partition("/")
        source = edits.get(f"sources/{rest.partition('/')[0]}") if folder == "claims" else None
        if source and known[0].date < source[0].date:
            first = source[0]
            begun = known[0]._replace(date=first.date, commit=first.commit)
            edits[ref] = (begun, *(edit for edit in known[1:] if edit.date > first.date))
    return edits
