"""Change records: rename, merge, retract. What is to be written is worked out here and checked, not written."""

from collections import Counter
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, Self

from musnad.derive.people import list_living_names
from musnad.editing.journal import RefusedError
from musnad.editing.splice import add_field, add_item, add_key, replace_values
from musnad.editing.style import format_text
from musnad.records.inherit import find_written
from musnad.records.load import Loaded, load_entries
from musnad.records.memory import RecordMemory
from musnad.records.model import FOLDERS, Entity
from musnad.records.problems import N_, Message, Problem, ProblemsError
from musnad.records.walk import find_record, iter_records
from musnad.records.yamltext import FieldPath, read_yaml
from musnad.rules.check import check_entries
from musnad.rules.references import FIELDS, iter_references
from musnad.text.languages import Lang

_REDIRECTS = "redirects.yaml"
_BOM = "\ufeff"


@dataclass
class Draft:
    """Files of a folder of entries as they are and as they shall be."""

    root: Path
    loaded: Loaded
    """Read without a prefix: where a record was written is its path below the folder."""
    memory: RecordMemory = field(default_factory=RecordMemory)
    """What was read, so that only what changes is read and checked again."""
    before: dict[str, bytes | None] = field(default_factory=dict)
    after: dict[str, bytes | None] = field(default_factory=dict)
    told: list[Message] = field(default_factory=list)

    @classmethod
    def begin(cls, root: Path) -> Self:
        """Return a draft of a folder of entries that changes nothing yet."""
        memory = RecordMemory()
        return cls(root, load_entries(root, prefix="", memory=memory), memory)

    def require_read(self) -> None:
        """Raise ProblemsError where a file can't be read: nobody knows what it names, or whether it is in the way."""
        if self.loaded.problems:
            raise ProblemsError(self.loaded.problems)

    def list_unfinished(self) -> Iterator[str]:
        """Yield the addresses of files that no record was read from."""
        for ref in self.loaded.origins:
            if ref.partition("/")[0] in FOLDERS and not find_record(self.loaded.catalogue, ref):
                yield ref

    def find_named(self, refs: Container[str]) -> Iterator[tuple[str, FieldPath, str]]:
        """Yield where drafts that are no records yet name some: the draft's address, the path in it, what is named."""
        for ref in self.list_unfinished():
            data = read_yaml((self.root / self.place(ref)).read_bytes(), self.place(ref)).data
            for path, value in _iter_values(data):
                field = next((step for step in reversed(path) if isinstance(step, str)), "")
                if (named := f"{FIELDS.get(field)}/{value}") in refs:
                    yield ref, path, named

    def tell(self, message: str, **values: object) -> None:
        """Note what is done, in a reader's words."""
        self.told.append((message, values))

    def place(self, ref: str) -> str:
        """Return the file of a record."""
        return self.loaded.origins[ref].file

    def read(self, place: str) -> str:
        """Return the text of a file, empty where there is none."""
        if place not in self.after:
            path = self.root / place
            self.before[place] = self.after[place] = path.read_bytes() if path.is_file() else None
        return (self.after[place] or b"").decode().removeprefix(_BOM)

    def write(self, place: str, text: str) -> None:
        """Put a text in the place of a file's."""
        self.read(place)
        has_bom = (self.before[place] or b"").startswith(_BOM.encode())
        self.after[place] = f"{_BOM if has_bom else ''}{text}".encode()

    def move(self, old: str, new: str) -> None:
        """Put a file in another place."""
        self.read(old)
        if self.read(new):
            raise RefusedError(N_("{file} is there already; nothing was written"), file=new)
        self.after[new], self.after[old] = self.after[old], None

    def remove(self, place: str) -> None:
        """Take a file away."""
        self.read(place)
        self.after[place] = None

    def find_new_problems(self, prefix: str) -> tuple[Problem, ...]:
        """Return what would be wrong with the entries and is not so yet."""
        # What is there is taken to be right until the change is found to be wrong.
        self.memory.changed.clear()
        self.memory.is_clean = True
        problems = check_entries(self.root, prefix=prefix, memory=self.memory, laid_over=self.after).problems
        before = check_entries(self.root, prefix=prefix, memory=self.memory).problems if problems else ()
        known, counts = Counter(map(_kind, before)), Counter(map(_kind, problems))
        return tuple(problem for problem in problems if counts[_kind(problem)] > known[_kind(problem)])


def _kind(problem: Problem) -> tuple[str, str]:
    # Lines move and ids change: how many there are of a kind says whether any is new.
    return problem.rule, problem.message


def _iter_values(value: Any, path: FieldPath = ()) -> Iterator[tuple[FieldPath, str]]:
    """Yield each text of what a file says, with its path."""
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    if isinstance(value, str):
        yield path, value
    for key, part in parts:
        yield from _iter_values(part, (*path, key))


def find_ref(loaded: Loaded, id_: str) -> str:
    """Return the address of the record with an id or an address. Raises RefusedError when there is not just one."""
    id_ = id_.strip("/").removesuffix(".yaml")
    refs = [ref for ref in (id_, *(f"{folder}/{id_}" for folder in FOLDERS)) if find_record(loaded.catalogue, ref)]
    if not refs:
        raise RefusedError(N_("there is no record {id}, or it can't be read: see musnad check"), id=id_)
    if len(refs) > 1:
        raise RefusedError(N_("several records have this id: write one of {ids}"), ids=", ".join(refs))
    return refs[0]


def rename(draft: Draft, old: str, new: str, today: str) -> None:
    """Give a record another id: its files, what names it, and a redirect from its old address."""
    ref = find_ref(draft.loaded, old)
    folder, _, id_ = ref.partition("/")
    new_id = new.strip("/").removesuffix(".yaml").removeprefix(f"{folder}/")
    if folder == "claims" and "/" not in new_id:
        new_id = f"{id_.partition('/')[0]}/{new_id}"
    target = f"{folder}/{new_id}"
    if target in draft.loaded.origins:
        hint = N_("{id} exists already (two entities that are one: musnad merge)")
        raise RefusedError(hint, id=target)
    moved = {ref: target}
    if folder == "sources":
        claims = [found for found in draft.loaded.origins if found.startswith(f"claims/{id_}/")]
        moved |= {claim: f"claims/{new_id}/{claim.rpartition('/')[2]}" for claim in claims}
    _refer(draft, moved)
    for source, goal in moved.items():
        place = PurePosixPath(draft.place(source))
        # Of a source, an entity and a claim, the last part of the id is the name of the file.
        parent = f"claims/{goal.split('/')[1]}" if goal.startswith("claims/") else str(place.parent)
        draft.move(str(place), f"{parent}/{goal.rpartition('/')[2]}.yaml")
        draft.tell(N_("renamed: {old} is now {new}"), old=source, new=goal)
    _redirect(draft, {old: goal for old, goal in moved.items() if find_record(draft.loaded.catalogue, old)}, today)


def merge(draft: Draft, old: str, into: str, today: str) -> None:
    """Make of two entities one: names, identifiers and what names the first go over, and its address leads on."""
    ref, target = find_ref(draft.loaded, old), find_ref(draft.loaded, into)
    one, other = (find_record(draft.loaded.catalogue, found) for found in (ref, target))
    if not isinstance(one, Entity) or not isinstance(other, Entity) or one is other:
        raise RefusedError(N_("only two different entities can be merged"))
    for left, right in ((one, other), (other, one)):
        if any(distinction.entity == right.id for distinction in left.distinct_from):
            message = N_("{one} says that it is distinct from {other}; delete that first if they are the same")
            raise RefusedError(message, one=left.id, other=right.id)
    if one.kind != other.kind:
        draft.tell(N_("look at it: {one} was filed under {kind}, {other} is under {other_kind}"),
                   one=one.id, kind=one.kind, other=other.id, other_kind=other.kind)  # fmt: skip
    _refer(draft, {ref: target})
    _merge_names(draft, one, other)
    _merge_lists(draft, one, other)
    for name in ("description", "subkind", "location", "living", "distinct_from", "unknowns"):
        value = getattr(one, name)
        if value and value != getattr(other, name):
            draft.tell(N_("not taken over from {one}: {field}; look whether {other} should say it"),
                       one=one.id, other=other.id, field=name)  # fmt: skip
    draft.remove(draft.place(ref))
    draft.tell(N_("merged: {old} is now part of {new}"), old=ref, new=target)
    _redirect(draft, {ref: target}, today)
    _tell_doubles(draft, one.id, other.id)


def _merge_names(draft: Draft, one: Entity, other: Entity) -> None:
    place = draft.place(other.ref)
    for name in one.names:
        if any((name.text, name.lang) == (known.text, known.lang) for known in other.names):
            continue
        item = {"text": name.text, "lang": name.lang, "role": "alias" if name.role == "primary" else name.role}
        draft.write(
            place, add_item(draft.read(place), "names", item | ({"source": name.source} if name.source else {}))
        )
        draft.tell(N_("name taken over: {name}"), name=name.text)


def _merge_lists(draft: Draft, one: Entity, other: Entity) -> None:
    place = draft.place(other.ref)
    known = {external.scheme: external.id for external in other.external_ids}
    for external in one.external_ids:
        if external.scheme not in known:
            item = external.model_dump(exclude_none=True)
            draft.write(place, add_item(draft.read(place), "external_ids", item))
            draft.tell(N_("identifier taken over: {scheme} {id}"), scheme=external.scheme, id=external.id)
        elif known[external.scheme] != external.id:
            draft.tell(N_("look at it: {scheme} has {one} for {old} and {other} for {new}; the latter stays"),
                       scheme=external.scheme, one=external.id, old=one.id,
                       other=known[external.scheme], new=other.id)  # fmt: skip
    for same in one.same_as:
        if same not in other.same_as:
            draft.write(place, add_item(draft.read(place), "same_as", same.model_dump(exclude_none=True)))
            draft.tell(N_("designation taken over: {name}"), name=same.text)


def _tell_doubles(draft: Draft, old: str, new: str) -> None:
    """Tell of claims that named both, and now name one twice."""
    for claim in draft.loaded.catalogue.claims.values():
        if {old, new} <= set(claim.named):
            draft.tell(N_("look at it: {claim} named both, and now names {new} twice"), claim=claim.id, new=new)


def retract(draft: Draft, id_: str, reasons: Mapping[Lang, str], today: str) -> None:
    """Mark a record as retracted and say why; it keeps its page as a notice."""
    ref = find_ref(draft.loaded, id_)
    record = find_record(draft.loaded.catalogue, ref)
    assert record
    if record.status == "retracted":
        raise RefusedError(N_("{id} is retracted already"), id=ref)
    place = draft.place(ref)
    text = draft.read(place)
    if find_written(record, ("status",)):
        text = replace_values(text, {("status",): "retracted"})
    else:
        text = add_key(text, (), "status", "retracted")
    item: dict[str, Any] = {"date": today, "change": "retracted", "note": dict(reasons)}
    draft.write(place, add_item(text, "history", item))
    draft.tell(N_("retracted: {id}; its page stays and says why"), id=ref)


def _refer(draft: Draft, moved: Mapping[str, str]) -> None:
    """Have everything that names a record name another one."""
    catalogue = draft.loaded.catalogue
    found: dict[str, dict[FieldPath, str]] = {}
    for record in iter_records(catalogue):
        for path, folder, id_ in iter_references(record):
            written = find_written(record, path)
            if written and (goal := moved.get(f"{folder}/{id_}")):
                found.setdefault(record.ref, {})[written] = goal.partition("/")[2]
    for ref, path, named in draft.find_named(moved):
        found.setdefault(ref, {})[path] = moved[named].partition("/")[2]
    if catalogue.site:
        if goal := moved.get(f"claims/{catalogue.site.featured}"):
            found.setdefault("site", {})["featured",] = goal.partition("/")[2]
        for index, id_ in enumerate(catalogue.site.examples or ()):
            if goal := moved.get(f"entities/{id_}"):
                found.setdefault("site", {})["examples", index] = goal.partition("/")[2]
    for old, redirect in catalogue.redirects.items():
        if goal := moved.get(redirect.to or ""):
            found.setdefault("redirects", {})[old, "to"] = goal
    for ref, values in found.items():
        place = draft.place(ref)
        draft.write(place, replace_values(draft.read(place), values))
        draft.tell(N_("{file} names it {n} time(s): changed"), file=place, n=len(values))


def _redirect(draft: Draft, moved: Mapping[str, str], today: str) -> None:
    living = list_living_names(draft.loaded.catalogue.entities.values())
    named = [old for old in moved if any(living.find(old))]
    for old in named:
        draft.tell(N_("{old} leads nowhere: it names who is or may be alive"), old=old)
    if not (moved := {old: new for old, new in moved.items() if old not in named}):
        return
    text = draft.read(_REDIRECTS)
    for old, new in moved.items():
        text = add_field(text, old, {"to": new, "date": today})
    draft.write(_REDIRECTS, text if draft.before[_REDIRECTS] else format_text(text, _REDIRECTS))
    draft.tell(N_("old addresses lead on: {n}"), n=len(moved))
