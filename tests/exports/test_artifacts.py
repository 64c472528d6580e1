"""Versions of the data set for yente: what a tag makes, what changes between two, and what is never written over."""

import hashlib
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from musnad.build.history import list_tags
from musnad.cli import cli
from musnad.exports.artifacts import compare, name_version

URL = "https://harbour.example/"
PRICE = "claims/quay-news-7/rye-bread-price.yaml"


class Repository:
    """The toy record in a repository, whose commits are an hour apart."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.hours = folder, 0
        self.git("init", "-q")

    def git(self, *words: str) -> None:
        """Ask git for something, at the hour of the last commit."""
        stamp = f"2026-01-01T{self.hours:02}:00:00Z"
        environment = {"GIT_COMMITTER_DATE": stamp, "GIT_AUTHOR_DATE": stamp, "HOME": str(self.folder), "PATH": PATH}
        own = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false")
        subprocess.run(["git", "-C", str(self.folder), *own, *words], check=True, env=environment)

    def edit(self, file: str, old: str, new: str) -> None:
        """Replace part of a record."""
        path = self.folder / "entries" / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    def tag(self, name: str) -> None:
        """Commit all there is, and give it a tag."""
        self.hours += 1
        self.git("add", "entries")
        self.git("commit", "-q", "-m", name)
        # One with a message, the other without.
        self.git("tag", *(("-a", "-m", name) if self.hours % 2 else ()), name)

    def export(self, *words: str) -> Result:
        """Write the versions to ``out``."""
        return CliRunner().invoke(cli, ["export", "artifacts", "out", "--site-url", URL, *words])

    def versions(self) -> list[str]:
        """Return the versions that are offered."""
        found = json.loads((self.folder / "out/artifacts/harbour_record/versions.json").read_text(encoding="utf-8"))
        assert found["last_successful"] == found["items"][-1]
        return list(found["items"])

    def read(self, version: str, file: str) -> list[dict[str, Any]]:
        """Return the lines of a file of a version."""
        path = self.folder / "out/artifacts/harbour_record" / version / file
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


PATH = "/usr/local/bin:/usr/bin:/bin"


@pytest.fixture
def repository(toy_copy: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """Return the toy record with a first tag."""
    monkeypatch.chdir(toy_copy.parent)
    made = Repository(toy_copy.parent)
    made.tag("v1")
    return made


def read_files(folder: Path) -> dict[str, bytes]:
    """Return all files below a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_operations_lead_from_one_version_to_the_next(repository: Repository) -> None:
    """Added, changed, and moved, which yente hears of as gone and added; applied, they give the next version."""
    rename = ["rename", "entities/salt", "entities/sea-salt", "--entries", "entries"]
    assert CliRunner().invoke(cli, rename).exit_code == 0
    repository.tag("v2")
    result = repository.export()
    assert result.exit_code == 0, result.output
    one, two = repository.versions()
    ops = repository.read(two, "entities.delta.json")
    assert {op["op"] for op in ops} >= {"ADD", "DEL"}
    assert {op["op"] for op in repository.read(one, "entities.delta.json")} == {"ADD"}
    held: dict[str, Any] = {}
    for version in (one, two):
        for op in repository.read(version, "entities.delta.json"):
            if op["op"] == "DEL":
                assert op["entity"] == {"id": op["entity"]["id"]}
                del held[op["entity"]["id"]]
            else:
                assert (op["op"] == "MOD") == (op["entity"]["id"] in held)
                held[op["entity"]["id"]] = op["entity"]
        assert held == {line["id"]: line for line in repository.read(version, "entities.ftm.json")}


def test_compare_knows_all_three() -> None:
    """In the order of the ids; what is the same is not told."""
    before = {"a": {"id": "a"}, "b": {"id": "b"}, "d": {"id": "d"}}
    now = {"a": {"id": "a"}, "c": {"id": "c"}, "d": {"id": "d", "x": 1}}
    assert [(op["op"], op["entity"]["id"]) for op in compare(before, now)] == [("DEL", "b"), ("ADD", "c"), ("MOD", "d")]


def test_addresses_lead_to_what_is_there(repository: Repository) -> None:
    """Every address in the catalogue and the lists of deltas is a file, and the digests are those of the files."""
    repository.edit("entities/outlet/quay-news.yaml", "status: published", "status: published\nunknowns: []")
    repository.tag("v2")
    assert repository.export().exit_code == 0
    out = repository.folder / "out"
    (dataset,) = json.loads((out / "catalog.json").read_text(encoding="utf-8"))["datasets"]
    one, two = repository.versions()
    assert (one[:15], two[:15]) == ("20260101010000-", "20260101020000-")
    assert dataset["version"] == two
    assert dataset["updated_at"] == "2026-01-01T02:00:00"
    assert dataset == json.loads((out / dataset["index_url"].removeprefix(URL)).read_text(encoding="utf-8"))
    for resource in dataset["resources"]:
        raw = (out / resource["url"].removeprefix(URL)).read_bytes()
        assert (hashlib.sha1(raw).hexdigest(), len(raw)) == (resource["checksum"], resource["size"])
    deltas = json.loads((out / dataset["delta_url"].removeprefix(URL)).read_text(encoding="utf-8"))["versions"]
    # A version in which nothing changed has none.
    assert [*deltas] == [one]
    assert all((out / url.removeprefix(URL)).stat().st_size for url in deltas.values())


def test_what_is_there_stays_to_the_byte(repository: Repository) -> None:
    """The same again, and with one more tag; a file that is another one is told, and nothing is written."""
    assert repository.export().exit_code == 0
    (one,) = repository.versions()
    first = read_files(repository.folder / "out")
    assert repository.export().exit_code == 0
    assert read_files(repository.folder / "out") == first
    repository.edit("entities/outlet/quay-news.yaml", "extracted:", "unknowns: []\nextracted:")
    repository.tag("v2")
    assert repository.export().exit_code == 0
    kept = {name: raw for name, raw in first.items() if one in name}
    assert kept.items() <= read_files(repository.folder / "out").items()
    path = repository.folder / "out/artifacts/harbour_record" / one / "lost.csv"
    path.write_bytes(b"other")
    before = read_files(repository.folder / "out")
    result = repository.export()
    assert result.exit_code == 1
    assert "never written over" in result.output
    assert read_files(repository.folder / "out") == before


@pytest.mark.parametrize("status", ["retracted", "withheld"])
def test_what_readers_may_no_longer_see_is_in_no_version(repository: Repository, status: str) -> None:
    """Versions that hold it are offered no more; a folder that has one is told of, and nothing is written."""
    assert repository.export().exit_code == 0
    (one,) = repository.versions()
    assert b"quay-news-7.rye-bread-price" in b"".join(read_files(repository.folder / "out").values())
    history = f"history:\n  - {{date: 2026-01-02, change: {status}, note: {{ar: خطأ., en: A mistake.}}}}\n"
    path = repository.folder / "entries" / PRICE
    text = path.read_text(encoding="utf-8")
    assert "status: published" in text
    path.write_text(text.replace("status: published", f"status: {status}") + history, encoding="utf-8")
    if status == "withheld":
        path.unlink()
    before = read_files(repository.folder / "out")
    assert "give the present state a tag" in repository.export().output
    assert read_files(repository.folder / "out") == before
    repository.tag("v2")
    result = repository.export()
    assert result.exit_code == 1, result.output
    assert one in result.output
    assert read_files(repository.folder / "out") == before
    (repository.folder / "out").rename(repository.folder / "old")
    result = repository.export()
    assert result.exit_code == 0, result.output
    assert one not in repository.versions()
    assert b"quay-news-7.rye-bread-price" not in b"".join(read_files(repository.folder / "out").values())


def test_tags_are_those_on_the_way_here(repository: Repository) -> None:
    """Of all tags those that match, from one on; without any there is nothing to write."""
    repository.edit("entities/outlet/quay-news.yaml", "extracted:", "unknowns: []\nextracted:")
    repository.tag("w2")
    assert [name for name, _ in list_tags(Path("entries")) or ()] == ["v1", "w2"]
    assert [name for name, _ in list_tags(Path("entries"), "w*") or ()] == ["w2"]
    assert repository.export("--since", "w2").exit_code == 0
    assert len(repository.versions()) == 1
    assert "git tag v1" in repository.export("--tags", "x*").output
    assert "none of the tags" in repository.export("--since", "x").output


def test_id_of_a_version_follows_from_time_and_content() -> None:
    """As FtM has them: they sort by time."""
    assert name_version(0, {"a": "x"}) == name_version(0, {"a": "x"})
    assert name_version(0, {"a": "x"})[:15] == "19700101000000-"
    assert len({name_version(0, {"a": str(n)}) for n in range(100)}) > 90
