"""What is published of a living person whom nobody reviewed: where the name stands, and no statement that is bare."""

import html
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from musnad.cli.sites import load_site
from musnad.exports.downloads import make_release
from musnad.exports.markdown import export_markdown
from musnad.exports.pictures import list_pictures
from musnad.pages.site import Site
from musnad.rules.check import load_checked
from musnad.text.fold import fold_words
from musnad.text.languages import LANGS
from tests.conftest import TOY
from tests.site.test_empty import CONFIGURATION, SITE_URL
from tests.site.test_withheld import build, read_tree

NAMES = ("Mira Holt", "ميرا هولت")
PERSON, CLAIM = "entities/mentioned-person", "tide-post-12/salt-kept-back"
FORMS = ("site/{}/index.html", "markdown/docs/{}.md")
"""Where a page stands, as it is published and as it is exported."""
_MARK = "\0"
"""Where a tag was."""
_TAG = re.compile(r"<(?!#)[^<>]*>")
_WORD = re.compile(r"\w")


class Published(NamedTuple):
    """A site, a release, an export: the text of every file, and what claims state with their opening words."""

    site: Path
    files: dict[str, str]
    heads: dict[str, str]
    """What every page says of itself where it is not seen itself: in tabs, histories, previews, search engines."""
    stated: dict[str, str]
    """What a claim states → the same behind its voices; nothing where it was taken back."""


def read_text(raw: bytes) -> str:
    """Return what a file says, whatever form it has: without escapes and white space, and with marks for tags."""
    text = raw.decode("utf-8", "ignore").replace('\\"', '"').replace("\\n", "\n").replace("''", "'")
    return " ".join(html.unescape(_TAG.sub(_MARK, text)).split())


def read_head(name: str, raw: bytes) -> str:
    """Return the head of an HTML page, or the front matter of an exported one but for the last step of its trail."""
    text = raw.decode("utf-8")
    if name.endswith(".html"):
        return html.unescape(text.partition("</head>")[0])
    fields = text.partition("\n---\n")[0].splitlines()
    return "\n".join(line for line in fields if not line.startswith("short:"))


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """Publish the toy record with everything there is."""
    folder = tmp_path_factory.mktemp("people")
    shutil.copytree(TOY, folder / "entries")
    # A hand-written page that lists the name, with markup in it.
    (folder / "docs/en").mkdir(parents=True)
    (folder / "docs/en/who.md").write_text(
        "---\nsearch: {exclude: true}\n---\n# Who is who\n\n- *Mira*\n  Holt\n- Salt\n", encoding="utf-8"
    )
    settings = "repo_url: https://host.example/record\nedit_uri: edit/main/docs/\n"
    (folder / "mkdocs.yml").write_text(CONFIGURATION + settings, encoding="utf-8")
    site = load_site(folder / "entries", SITE_URL)
    made = folder / "site"
    done = build(folder)
    assert done.returncode == 0, done.stderr
    make_release(site, folder / "release")
    export_markdown(site, folder / "docs", folder / "markdown")
    files, heads = {}, {}
    for name in ("site", "release", "markdown"):
        for place, raw in read_tree(folder / name):
            files[f"{name}/{place}"] = read_text(raw)
            if place.endswith((".html", ".md")):
                heads[f"{name}/{place}"] = read_head(place, raw)
    record = json.loads((made / "record.json").read_text("utf-8"))
    claims = {claim["id"]: claim["derived"]["attributed_statement"] or {} for claim in record["claims"]}
    stated = {
        claim.statement[lang]: claims[claim.id].get(lang, "")
        for claim in load_checked(folder / "entries").claims.values()
        if claim.id in claims
        for lang in LANGS
    }
    return Published(made, files, heads, stated)


def count_bare(text: str, stated: dict[str, str]) -> int:
    """Count how often a text has what a claim states without its opening words right before it."""
    text = " ".join(text.replace(_MARK, "").split())
    return sum(text.count(statement) - (text.count(whole) if whole else 0) for statement, whole in stated.items())


def find_names(text: str, stated: dict[str, str]) -> Iterator[str]:
    """Yield the words around a name where it is not alone, as a label is, nor in what a claim states."""
    for statement in stated:
        text = text.replace(statement, _MARK)
    for name in NAMES:
        for found in re.finditer(re.escape(name), text):
            before, after = text[: found.start()].rstrip(), text[found.end() :].lstrip()
            if _WORD.search(before[-1:] + after[:1]):
                yield f"{before[-40:]}…{after[:40]}"


def test_no_statement_stands_without_its_opening_words(published: Published) -> None:
    """In pages, exports, feeds, search, tables; the form alone has records as they are written, with their voices."""
    assert all(whole.endswith(f" {statement}") for statement, whole in published.stated.items() if whole)
    assert sum(map(bool, published.stated.values())) > 10
    having = {name for name, text in published.files.items() if any(one in text for one in published.stated)}
    kinds = {name.partition("/")[2].partition("/")[0] for name in having}
    assert kinds >= {"ar", "en", "api", "data", "search", "propose", "record.json"}
    form = {name for name in having if "/propose/records/" in name}
    (database,) = (" ".join(fold_words(text)) for name, text in published.files.items() if name.endswith(".db"))
    folded = {
        " ".join(fold_words(statement)): " ".join(fold_words(whole)) for statement, whole in published.stated.items()
    }
    assert count_bare(database, folded) == 0 < sum(map(database.count, folded))
    assert {name: count_bare(published.files[name], published.stated) for name in having - form} == dict.fromkeys(
        having - form, 0
    )
    for name in form:
        records = json.loads((published.site / name.removeprefix("site/")).read_text("utf-8"))
        for record in records.values() if isinstance(records, dict) else records:
            if "statement:" in str(record):
                assert "attribution:" in str(record)


def test_name_stands_alone_or_behind_opening_words(published: Published) -> None:
    """As the label of a person, in the person's own record and in what a voice says; in no other words."""
    named = {
        name: [*find_names(text, published.stated)]
        for name, text in published.files.items()
        # It has an index of folded words in it.
        if not name.endswith(".db")
    }
    assert {name: found for name, found in named.items() if found} == {}
    having = {name for name, text in published.files.items() if any(one in text for one in NAMES)}
    assert len(having) > 30
    heads = {name for name in having if name.endswith((".xml", ".txt", "_redirects", "_headers", "feed.json"))}
    assert heads == set()


def test_no_address_file_or_head_tells_the_name(published: Published) -> None:
    """Of all that has a head: the person's own page too is called neutrally, and no search engine may have it."""
    telling = re.compile("mira|holt|ميرا|هولت", re.IGNORECASE)
    assert {name for name in published.files if telling.search(name)} == set()
    places = set()
    for path in published.site.rglob("*.html"):
        page = path.read_text("utf-8")
        place = path.parent.relative_to(published.site).as_posix()
        assert not re.search("(?:href|src|id)=[^ >]*(?:mira|holt)", page, re.IGNORECASE), place
        if any(name in page or name in read_text(page.encode()).replace(_MARK, "") for name in NAMES):
            assert re.search('<meta name="robots" content="noindex', page), place
            places.add(place)
    assert {name for name, head in published.heads.items() if telling.search(head)} == set()
    own = {form.format(f"{lang}/{PERSON}") for form in FORMS for lang in LANGS}
    assert own < published.heads.keys()
    for name in own:
        assert ("A record about a person" if "/en/" in name else "بطاقة عن شخص") in published.heads[name], name
        assert any(called in published.files[name] for called in NAMES), name
    assert {"en/who", *(f"{lang}/claims/{CLAIM}" for lang in LANGS)} < places
    listed = (published.site / "sitemap.xml").read_text("utf-8")
    assert not [place for place in places if f"/{place}/" in listed]


def test_pictures_tell_nothing_bare(toy_site: Site) -> None:
    """Texts that are drawn: no name of who is protected, and no statement without a voice before it."""
    for address, picture in list_pictures(toy_site):
        assert not [name for name in NAMES if name in repr(picture)], address
        assert "/claims/" not in address or all(telling.lead for telling in picture.tellings), address


def test_what_these_tests_look_for_they_find(published: Published) -> None:
    """A bare statement, with other words before it or none; a name among words."""
    statement = "Mira Holt keeps back salt from the Bakers’ Guild."
    for text in (statement, f"It is said: {statement}", read_text(f"<p>The Tide Post, <b>{statement}</b>".encode())):
        assert count_bare(text, published.stated) == 1
    assert count_bare(published.stated[statement], published.stated) == 0
    assert [*find_names("It was Mira Holt", published.stated)]
    assert [*find_names("Mira Holt, they say", published.stated)] == []
    assert [*find_names(published.stated[statement], published.stated)] == []
