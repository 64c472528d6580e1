"""Checking with a memory finds what checking afresh finds, and reads only what changed."""

import os
import pickle
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from musnad.records.load import load_entries
from musnad.records.memory import SETTLED, Origins, RecordMemory
from musnad.records.yamltext import Origin, read_yaml
from musnad.rules.check import Checked, check_entries
from tests.conftest import TOY
from tests.edits import (
    EDITS,
    GIVEN,
    NEW_CLAIM,
    ON_SALT,
    PRICE,
    QUAY,
    REPEAT,
    SALE,
    SALT,
    TIDE,
    Step,
    append,
    apply,
    delete,
    move,
    replace,
    write,
)
from tests.rules.test_cases import CASES, read_case

_opened: list[str] | None = None


def _hear(event: str, args: tuple[object, ...]) -> None:
    if event == "open" and _opened is not None:
        _opened.append(str(args[0]))


# Python tells of every file that is opened; a hook can't be taken away, and hears only while it is asked to.
sys.addaudithook(_hear)


@contextmanager
def _reads_below(folder: Path) -> Iterator[list[str]]:
    """Collect the files below a folder that are opened meanwhile."""
    global _opened  # noqa: PLW0603
    _opened = opened = []
    found: list[str] = []
    try:
        yield found
    finally:
        _opened = None
        found += sorted(os.path.relpath(path, folder) for path in opened if path.startswith(str(folder)))


def _store_and_load(memory: RecordMemory) -> RecordMemory:
    loaded = pickle.loads(pickle.dumps(memory))
    assert isinstance(loaded, RecordMemory)
    return loaded


class Memories:
    """Two memories of one folder: one that lasts, and one that is stored after every check."""

    def __init__(self, entries: Path, before: RecordMemory | None = None) -> None:
        self.entries = entries
        self.lasting, self.stored = (_store_and_load(before or RecordMemory()) for _ in range(2))

    def check(self) -> Checked:
        """Check with both memories and afresh, see that all find the same, and return that."""
        afresh = check_entries(self.entries)
        self.stored = _store_and_load(self.stored)
        for memory in (self.lasting, self.stored):
            found = check_entries(self.entries, memory=memory)
            assert found.problems == afresh.problems
            assert found.catalogue == afresh.catalogue
            assert found.origins.keys() == afresh.origins.keys()
            assert memory.is_clean == (not afresh.problems)
            if memory.is_clean:
                assert memory.changed == {}
        return afresh


def _restore(entries: Path, path: str) -> None:
    file = entries / path
    file.unlink(missing_ok=True)
    if (TOY / path).is_file():
        shutil.copyfile(TOY / path, file)
    elif not (TOY / path).parent.is_dir() and not any(file.parent.iterdir()):
        file.parent.rmdir()


def _apply_case(path: Path, entries: Path) -> list[str]:
    """Put the bad example there; return the files it changed."""
    *changes, _ = read_case(path)
    for change in changes:
        (write(change.path, change.text) if change.text is not None else delete(change.path))(entries)
    return [change.path for change in changes]


@pytest.fixture(scope="session")
def toy_memory() -> RecordMemory:
    """Return a memory of the toy record, found without fault."""
    made = RecordMemory()
    assert check_entries(TOY, memory=made).problems == ()
    return made


@pytest.fixture
def memories(toy_copy: Path, toy_memory: RecordMemory) -> Memories:
    """Return memories of a copy of the toy record that has been checked."""
    made = Memories(toy_copy, toy_memory)
    made.check()
    return made


@pytest.fixture
def memory(memories: Memories) -> RecordMemory:
    """Return the one that lasts."""
    return memories.lasting


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
@pytest.mark.sampled(8)
def test_mistake_is_found_as_afresh_and_mended(path: Path, memories: Memories) -> None:
    """The same problems at the same places as without a memory, as long as they are there; none after mending."""
    changed = _apply_case(path, memories.entries)
    is_wrong = any(not line.startswith("warning: ") for line in (read_case(path)[-1].text or "").splitlines())
    assert bool(memories.check().problems) == is_wrong
    assert bool(memories.check().problems) == is_wrong
    for file in changed:
        _restore(memories.entries, file)
    assert memories.check().problems == ()


@pytest.mark.parametrize("name", EDITS)
@pytest.mark.sampled(5)
def test_good_edit_gives_the_catalogue_that_is_loaded_afresh(name: str, toy_copy: Path) -> None:
    """Records added, changed, moved, hidden, shown and gone; and again when the edit is taken back."""
    apply(GIVEN.get(name, ()), toy_copy)
    before = shutil.copytree(toy_copy, toy_copy.parent / "before")
    memories = Memories(toy_copy)
    assert memories.check().problems == ()
    apply(EDITS[name], toy_copy)
    assert memories.check().problems == ()
    shutil.rmtree(toy_copy)
    shutil.copytree(before, toy_copy)
    assert memories.check().problems == ()


@pytest.mark.long
def test_mistakes_that_come_and_go_one_over_the_other_are_found_as_afresh(memories: Memories) -> None:
    """A bad example is there when the next one comes, and goes before the next but one."""
    earlier: list[str] = []
    for path in CASES:
        for gone in (section for section in read_case(path)[:-1] if section.text is None):
            _restore(memories.entries, gone.path)
        changed = _apply_case(path, memories.entries)
        memories.check()
        for file in earlier:
            if file not in changed:
                _restore(memories.entries, file)
        memories.check()
        earlier = changed
    for file in earlier:
        _restore(memories.entries, file)
    assert memories.check().problems == ()


_SALT, _MIRA = "entities/good/salt.yaml", "entities/person/mentioned-person.yaml"
# Each breaks records that were not touched.
_FROM_AFAR: dict[str, tuple[Step, ...]] = {
    "entity deleted that claims name": (delete(_SALT),),
    "source deleted that claims stand in": (delete(TIDE),),
    "claim deleted that others link to": (delete(PRICE),),
    "claim deleted that the home page features": (delete(PRICE), delete(REPEAT)),
    "entity renamed that claims name": (move(_SALT, "entities/good/brine.yaml"),),
    "entity made a draft that claims name": (replace(_SALT, "status: published", "status: draft"),),
    "claim made a draft that others link to": (replace(PRICE, "status: published", "status: draft"),),
    "last mention of an entity taken away": (
        replace("claims/tide-post-12/salt-kept-back.yaml", "parts:\n  - {role: goods, entity: salt}\n", ""),
    ),
    "person turns out to be alive": (
        replace("entities/group/dockers.yaml", "status:", "living: unknown\nstatus:"),
        move("entities/group/dockers.yaml", "entities/person/dockers.yaml"),
    ),
    "good moved to a kind that its role does not take": (move(_SALT, "entities/group/salt.yaml"),),
    "outlet moved to a kind that can't publish": (
        move("entities/outlet/tide-post.yaml", "entities/group/tide-post.yaml"),
    ),
    "sentence changed under a claim": (replace(TIDE, "digest: sha256:b1a70bf7", "digest: sha256:00000000"),),
    "outlet of a source changed": (replace(TIDE, "outlet: tide-post", "outlet: quay-news"),),
    "name that stands in a title": (replace(_MIRA, "Mira Holt, lang: en", "Denial, lang: en"),),
    "back link removed": (replace("claims/quay-news-7/no-salt-kept-back.yaml", "contradicts", "qualifies"),),
    "warning removed on one side": (
        replace("entities/place/new-harbour.yaml", "entity: old-harbour", "name: {ar: أمس, en: Past}"),
    ),
    "record put where a redirect leads from": (
        write("entities/good/black-bread.yaml", (TOY / "entities/good/rye-bread.yaml").read_text(encoding="utf-8")),
    ),
    "record deleted where a redirect leads to": (delete("entities/good/rye-bread.yaml"),),
    "redirect that loops": (replace("redirects.yaml", "to: entities/rye-bread", "to: entities/black-bread"),),
    "term removed from the vocabulary": (replace("vocabulary/predicates.yaml", "keeps-back-from:", "kept-back-from:"),),
    "kind of a trait taken away": (replace("vocabulary/kinds.yaml", "trait: person", "trait: place"),),
    "predicate that is narrower": (
        replace("vocabulary/predicates.yaml", "objects: [group, person]", "objects: [person]"),
    ),
    "claim added in a sentence said to have none": (
        write(
            "claims/tide-post-12/weather.yaml",
            NEW_CLAIM.replace("paragraph: 1", "paragraph: 3").replace(
                "b1a70bf79399bc43ea74a8e5f009b27a54f98d51dd88676cb5f98ee88e5b0de4",
                "6da6b3a961c22bb7aa3acfb819a42d936f4022f502e4438efdeebfdba03d4927",
            ),
        ),
    ),
    "same id in two kinds": (write("entities/group/salt.yaml", (TOY / _SALT).read_text(encoding="utf-8")),),
    "two records changed, each right without the other": (
        replace(REPEAT, "independence: same-origin", "independence: independent"),
        move(REPEAT, "claims/tide-post-12/repeated.yaml"),
    ),
}


@pytest.mark.parametrize("steps", _FROM_AFAR.values(), ids=_FROM_AFAR)
@pytest.mark.sampled(2)
def test_mistake_in_a_record_that_was_not_touched_is_found(steps: tuple[Step, ...], memories: Memories) -> None:
    """An edit can break what is tied to it, near or far."""
    apply(steps, memories.entries)
    assert memories.check().problems
    shutil.rmtree(memories.entries)
    shutil.copytree(TOY, memories.entries)
    assert memories.check().problems == ()


_COPY = NEW_CLAIM.replace("Another closure", "A closure once more")
_OTHER = NEW_CLAIM.replace("أُغلق الميناء الجديد.", "الميناء الجديد مغلق.").replace("was closed.", "is shut.")
_SHARED = {
    "claim copied under a later id": ((), (write("claims/tide-post-12/copy.yaml", _COPY),), "copied-claim"),
    "claim copied under an earlier id": ((), (write("claims/tide-post-12/a-copy.yaml", _COPY),), "copied-claim"),
    "statement made that of another claim": (
        (write("claims/tide-post-12/other.yaml", _OTHER),),
        (replace("claims/tide-post-12/other.yaml", "is shut.", "was closed."),),
        "copied-claim",
    ),
    "address made that of another source": (
        (),
        (replace(QUAY, "https://quay.example/7", "http://www.tide.example/12/?utm_source=app#end"),),
        "same-article",
    ),
    "address made the archive of another source": (
        (),
        (replace(QUAY, "https://quay.example/7", "https://archive.example/tide/12"),),
        "same-article",
    ),
    "article put there again": (
        (),
        (write("sources/a-source.yaml", (TOY / TIDE).read_text(encoding="utf-8")),),
        "same-article",
    ),
    "sentence with a claim marked as holding none": (
        (),
        (replace(QUAY, ON_SALT, ON_SALT + "        no_claim: {ar: كلام عن الملح., en: About salt.}\n"),),
        "covered-sentence",
    ),
    "last mention of an entity made one of another": (
        (),
        (replace(SALT, "{role: goods, entity: salt}", "{role: goods, entity: rye-bread}"),),
        "unused-entity",
    ),
}


@pytest.mark.parametrize(("given", "steps", "rule"), _SHARED.values(), ids=_SHARED)
def test_what_shares_something_with_a_record_that_was_not_touched_is_found(
    given: tuple[Step, ...], steps: tuple[Step, ...], rule: str, memories: Memories
) -> None:
    """Rules that compare records find warm what they find cold, and that it is mended."""
    apply((write("claims/tide-post-12/another.yaml", NEW_CLAIM), *given), memories.entries)
    assert memories.check().problems == ()
    before = shutil.copytree(memories.entries, memories.entries.parent / "before")
    apply(steps, memories.entries)
    assert {problem.rule for problem in memories.check().problems} == {rule}
    shutil.rmtree(memories.entries)
    shutil.copytree(before, memories.entries)
    assert memories.check().problems == ()


@pytest.fixture
def settled(toy_copy: Path) -> Path:
    """Return a copy of the toy entries old enough for the times of its files to tell."""
    time.sleep(1.1 * SETTLED / 1e9)
    return toy_copy


def test_first_check_reads_every_file_and_the_second_none(settled: Path) -> None:
    """What has not changed is not even opened; after storing, only the files of words are."""
    memory = RecordMemory()
    with _reads_below(settled) as first:
        check_entries(settled, memory=memory)
    with _reads_below(settled) as second:
        check_entries(settled, memory=memory)
    with _reads_below(settled) as stored:
        check_entries(settled, memory=_store_and_load(memory))
    assert first == sorted(path.relative_to(settled).as_posix() for path in settled.rglob("*.yaml"))
    assert second == []
    assert {*stored} == {file for file in first if file.startswith("vocabulary/") or "/" not in file}


def test_only_changed_and_new_files_are_read(settled: Path) -> None:
    """A touched file is known by its bytes, and a deleted one is missed without reading anything."""
    memory = RecordMemory()
    before = check_entries(settled, memory=memory).catalogue
    apply((append(PRICE, "# A remark.\n"), write("claims/tide-post-12/new.yaml", NEW_CLAIM), delete(REPEAT)), settled)
    os.utime(settled / SALE)
    with _reads_below(settled) as read:
        after = load_entries(settled, memory=memory).catalogue
    assert {*read} == {"claims/tide-post-12/new.yaml", PRICE, SALE}
    assert {*memory.changed} == {"claims/tide-post-12/new", PRICE.removesuffix(".yaml"), REPEAT.removesuffix(".yaml")}
    assert after.claims["tide-post-12/guild-sells-bread"] is before.claims["tide-post-12/guild-sells-bread"]


def test_same_size_and_time_do_not_hide_a_change(toy_copy: Path, memory: RecordMemory) -> None:
    """A file put back with its old time is read all the same."""
    file = toy_copy / PRICE
    stat = file.stat()
    file.write_text(file.read_text(encoding="utf-8").replace("ninety crowns", "eighty crowns"), encoding="utf-8")
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert file.stat().st_size == stat.st_size
    claim = check_entries(toy_copy, memory=memory).catalogue.claims["tide-post-12/rye-bread-price"]
    assert "eighty" in claim.statement.en


def test_changed_are_kept_with_what_was_there_until_all_is_well(toy_copy: Path, memory: RecordMemory) -> None:
    """A mistake does not make the memory forget what it last found without fault."""
    before = memory.records["entities/salt"].record
    file = toy_copy / _SALT
    text = file.read_text(encoding="utf-8")
    for broken in ("names: [\n", text.replace("status: published", "status: pubished")):
        file.write_text(broken, encoding="utf-8")
        assert check_entries(toy_copy, memory=memory).problems
        assert memory.changed == {"entities/salt": before}
    file.write_text(text, encoding="utf-8")
    assert check_entries(toy_copy, memory=memory).problems == ()
    assert memory.changed == {}


def test_stored_memory_is_read_against_the_files_and_parses_none_of_the_known(
    toy_copy: Path, memory: RecordMemory
) -> None:
    """Where the times of a file can't tell, as of one that was copied a moment ago, its bytes do."""
    loaded = _store_and_load(memory)
    known = dict(loaded.records)
    with _reads_below(toy_copy) as read:
        claims = check_entries(toy_copy, memory=loaded).catalogue.claims
    assert len(read) == len(known)
    assert all(claim is known[claim.ref].record for claim in claims.values())
    assert loaded.is_clean


def test_origin_of_a_remembered_record_is_read_when_asked_for(toy_copy: Path, memory: RecordMemory) -> None:
    """Warnings of the second check stand on the same lines as those of the first."""
    origins = check_entries(toy_copy, memory=memory).origins
    with _reads_below(toy_copy) as read:
        problem = origins["entities/salt"].problem(("status",), "status", "x")
        again = origins["entities/salt"].problem(("names",), "status", "x")
    afresh = check_entries(toy_copy).origins["entities/salt"]
    assert read == [_SALT]
    assert problem == afresh.problem(("status",), "status", "x")
    assert again == afresh.problem(("names",), "status", "x")


def test_origins_are_a_mapping_that_reads_each_origin_once() -> None:
    """Keys are known without reading."""
    made: list[str] = []

    def read() -> Origin:
        made.append("read")
        return read_yaml(b"a: b\n", "a.yaml").origin

    origins = Origins()
    origins["a"] = read
    assert (list(origins), len(origins), "a" in origins, "b" in origins, made) == (["a"], 1, True, False, [])
    assert origins["a"] is origins["a"]
    assert made == ["read"]
    with pytest.raises(KeyError):
        origins["b"]


_MENTION = append(REPEAT, "parts: [{role: witness, entity: watch}]\n")


@pytest.mark.parametrize(
    ("together", "then"),
    [
        pytest.param((append("vocabulary/units.yaml", "# A remark.\n"),), (), id="with a change of words"),
        pytest.param((append("redirects.yaml", "# A remark.\n"),), (), id="with a change of redirects"),
        pytest.param(
            (replace(REPEAT, "priced-at", "given"),), (replace(REPEAT, "given", "priced-at"),), id="unknown term"
        ),
        pytest.param(
            (replace(REPEAT, "title:", "titel:"),), (replace(REPEAT, "titel:", "title:"),), id="unknown field"
        ),
    ],
)
def test_reference_made_while_everything_was_checked_is_known_later(
    together: tuple[Step, ...], then: tuple[Step, ...], memories: Memories
) -> None:
    """Who refers to whom is up to date, however the last check was made."""
    apply(EDITS["entity added"], memories.entries)
    memories.check()
    # What one claim named, another does now.
    _restore(memories.entries, SALE)
    apply((_MENTION, *together), memories.entries)
    memories.check()
    apply(then, memories.entries)
    assert memories.check().problems == ()
    apply((replace("entities/group/watch.yaml", "status: published", "status: draft"),), memories.entries)
    assert [problem.rule for problem in memories.check().problems] == ["hidden-reference"]
