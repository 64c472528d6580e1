"""Shards of a build: what falls to which, and what is refused when they are put together. No site is built."""

import hashlib
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musnad.build.shards import MANIFEST, Manifest, Share, digest_files, join_shards
from musnad.editing.journal import RefusedError

SITEMAP = """\
{{ site_url }}
{%- for url, others in rows %}
{{ url }}{% for lang, other in others %} {{ lang }}={{ other }}{% endfor %}
{%- endfor %}"""


def write_shard(folder: Path, number: int, total: int = 2, **fields: object) -> Path:
    """Write a shard with a page in one language of its own, and a file that all have."""
    lang = "ar" if number == 1 else "en"
    (folder / MANIFEST).unlink(missing_ok=True)
    for address, text in ((f"{lang}/salt/index.html", f'<p id="{lang}">'), ("assets/a.css", "b {}"), (".hidden", "")):
        (folder / address).parent.mkdir(parents=True, exist_ok=True)
        (folder / address).write_text(text, encoding="utf-8")
    known = {
        "share": Share(number, total),
        "made_from": "everything",
        "files": digest_files(folder),
        "urls": {f"{lang}/salt/": f"{lang}/salt/"},
        "site_url": "https://harbour.example/",
        "templates": {"sitemap.xml": SITEMAP},
    }
    (folder / MANIFEST).write_text(Manifest.model_validate({**known, **fields}).model_dump_json(), encoding="utf-8")
    return folder


@pytest.fixture
def shards(tmp_path: Path) -> list[Path]:
    """Return both shards of a small site."""
    return [write_shard(tmp_path / str(number), number) for number in (1, 2)]


@given(st.text(), st.integers(1, 40))
def test_everything_falls_to_one_share(name: str, total: int) -> None:
    """To no more and no fewer."""
    assert sum(Share(number, total).has(name) for number in range(1, total + 1)) == 1


@pytest.mark.parametrize("text", ["", "0/2", "3/2", "1", "1/0", "-1/2", "1/2 ", "a/b", "1/2/3", "٢/٤"])
def test_what_is_no_share_is_refused(text: str) -> None:
    """Numbers count from one, up to how many there are."""
    with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
        Share.parse(text)
    assert Share.parse("2/4") == (2, 4)


def test_whole_site_is_listed_when_its_shards_are_joined(shards: list[Path], tmp_path: Path) -> None:
    """The languages of a page know each other though they lay in two shards, in any order; no manifest stays."""
    for target, folders in (("one", shards), ("other", shards[::-1])):
        join_shards(folders, tmp_path / target)
        found = {path.relative_to(tmp_path / target).as_posix() for path in (tmp_path / target).rglob("*")}
        pages = {"ar", "ar/salt", "ar/salt/index.html", "en", "en/salt", "en/salt/index.html"}
        assert found == pages | {"assets", "assets/a.css", ".hidden", "sitemap.xml", "manifest.json"}
        assert (tmp_path / target / "sitemap.xml").read_text(encoding="utf-8") == (
            "https://harbour.example/\nar/salt/ ar=ar/salt/ en=en/salt/\nen/salt/ ar=ar/salt/ en=en/salt/"
        )


Change = Callable[[Path, Path], None]


def _rewrite(number: int, total: int = 2, **fields: object) -> Change:
    def change(one: Path, other: Path) -> None:
        write_shard((one, other)[number - 1], number, total, **fields)

    return change


def _write(name: str, text: str) -> Change:
    def change(_: Path, other: Path) -> None:
        (other / name).write_text(text, encoding="utf-8")

    return change


def _make_another(one: Path, other: Path) -> None:
    write_shard(other, 2)
    (other / "assets/a.css").write_text("c {}", encoding="utf-8")
    known = Manifest.model_validate_json((other / MANIFEST).read_bytes())
    css = {"assets/a.css": hashlib.sha256(b"c {}").hexdigest()}
    changed = known.model_copy(update={"files": known.files | css})
    (other / MANIFEST).write_text(changed.model_dump_json(), encoding="utf-8")


REFUSED: dict[str, tuple[Change, str]] = {
    "another number": (_rewrite(2, 3), "{1} is a shard of 2, and {2} one of 3: build all with the same number"),
    "another build": (_rewrite(2, made_from="else"), "{1} and {2} were not built from the same: "),
    "no manifest": (lambda _, other: (other / MANIFEST).unlink(), "{2} is no shard: it has no musnad-shard.json"),
    "damaged manifest": (_write(MANIFEST, "{"), "{2}/musnad-shard.json can't be read: "),
    "missing file": (lambda _, other: (other / "assets/a.css").unlink(), "{2}/assets/a.css is missing: copy"),
    "damaged file": (_write("en/salt/index.html", "<p>"), "{2}/en/salt/index.html is not as it was built"),
    "leftover": (_write("notes.txt", "mine"), "{2}/notes.txt is no part of its shard: remove it"),
    "machines that differ": (_make_another, "assets/a.css is another file in {1} than in {2}: their machines differ"),
}


@pytest.mark.parametrize(("change", "message"), REFUSED.values(), ids=REFUSED)
def test_refused(change: Change, message: str, shards: list[Path], tmp_path: Path) -> None:
    """In words that name the folders, and nothing is left where the site would be."""
    change(*shards)
    before = sorted(tmp_path.iterdir())
    with pytest.raises(RefusedError) as refused:
        join_shards(shards, tmp_path / "site")
    wanted = message.replace("{1}", str(shards[0])).replace("{2}", str(shards[1]))
    assert str(refused.value).startswith(wanted)
    assert sorted(tmp_path.iterdir()) == before


def test_each_shard_has_to_be_there_once(shards: list[Path], tmp_path: Path) -> None:
    """The first that is missing is told, and two that are the same."""
    with pytest.raises(RefusedError, match=r"shard 1/2 is missing"):
        join_shards(shards[1:], tmp_path / "site")
    twin = write_shard(tmp_path / "twin", 2)
    with pytest.raises(RefusedError, match=rf"{shards[1]} and {twin} are the same shard, 2/2"):
        join_shards([*shards, twin], tmp_path / "site")
    assert not (tmp_path / "site").exists()


def test_only_a_new_or_empty_folder_is_written_to(shards: list[Path], tmp_path: Path) -> None:
    """What lies there is nobody's to remove."""
    (tmp_path / "empty").mkdir()
    join_shards(shards, tmp_path / "empty")
    assert (tmp_path / "empty/sitemap.xml").is_file()
    for taken in (tmp_path / "empty", shards[0] / ".hidden"):
        with pytest.raises(RefusedError, match=f"{taken} is not empty: name a new folder"):
            join_shards(shards, taken)


def test_a_manifest_writes_no_other_file(shards: list[Path], tmp_path: Path) -> None:
    """Its templates are those of what lists pages, and can reach nothing."""
    text = (shards[0] / MANIFEST).read_text(encoding="utf-8")
    (shards[0] / MANIFEST).write_text(text.replace('"sitemap.xml"', '"../sitemap.xml"'), encoding="utf-8")
    with pytest.raises(RefusedError, match="can't be read"):
        join_shards(shards, tmp_path / "site")
