"""``musnad source``: records begun from what is found, whatever it is."""

import hashlib
import io
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from musnad.editing.article import Article
from musnad.records.load import load_entries
from tests.cli.test_cli import musnad
from tests.conftest import PROJECT, TOY
from tests.editing.web import Page, Site, serve

PAGES = PROJECT / "tests/editing/webpages"
TEXT = "Salt is dear. Who pays for it?\n\nThe agent said that he did not know.\n"


@pytest.fixture
def site() -> Iterator[Site]:
    """The pages as their servers would send them."""
    with serve() as made:
        for path in PAGES.glob("*.html"):
            made.pages[f"/{path.stem}"] = Page(path.read_bytes())
        body = (PAGES / "cms-1256.html").read_text(encoding="utf-8").encode("cp1256")
        made.pages["/cms-1256"] = Page(body, "text/html; charset=iso-8859-1")
        made.pages["/old?id=7&fbclid=x"] = Page.moved("/template-ar?utm_source=app&id=7")
        made.pages["/template-ar?utm_source=app&id=7"] = Page.gzipped((PAGES / "template-ar.html").read_bytes())
        made.pages["/picture"] = Page(b"\x89PNG\r\n\x1a\n\0\0", "image/png")
        made.pages["/paper"] = Page(make_pdf(["Salt is dear. Who pays?", "The agent did not know."]), "application/pdf")
        yield made


def make_pdf(pages: list[str], first: int = 0x61) -> bytes:
    """Return a PDF of a line a page; an empty one is a page without text. ``first`` is the letter that a stands for."""
    kids = " ".join(f"{10 + 2 * n} 0 R" for n in range(len(pages)))
    objects = {1: b"<< /Type /Catalog /Pages 2 0 R >>"}
    objects[2] = f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode()
    objects[3] = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 5 0 R >>"
    letters = f"2 beginbfrange\n<20> <60> <0020>\n<61> <7a> <{first:04x}>\nendbfrange\n"
    cmap = f"begincmap\n1 begincodespacerange\n<00> <ff>\nendcodespacerange\n{letters}endcmap\n".encode()
    objects[5] = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(cmap), cmap)
    objects[4] = b"<< /Title (Salt report) /Author (Ada Quill) /CreationDate (D:20240305120000) >>"
    for n, text in enumerate(pages):
        stream = f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET".encode() if text else b""
        head = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {11 + 2 * n} 0 R"
        objects[10 + 2 * n] = f"{head} /Resources << /Font << /F1 3 0 R >> >> >>".encode()
        objects[11 + 2 * n] = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream)
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    places = {}
    for number, body in objects.items():
        places[number] = out.tell()
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 1\n0000000000 65535 f \n")
    for number, place in places.items():
        out.write(b"%d 1\n%010d 00000 n \n" % (number, place))
    out.write(b"trailer << /Size 99 /Root 1 0 R /Info 4 0 R >>\nstartxref\n%d\n%%%%EOF" % start)
    return out.getvalue()


def new(what: object, folder: Path, *more: str | Path) -> subprocess.CompletedProcess[str]:
    """Begin a source of the invented record."""
    return musnad("source", "new", str(what), "--entries", TOY, "--output", folder / "drafts", *more)


def read_draft(folder: Path) -> tuple[str, dict[str, object], str]:
    """Return the id of the one draft, what it says, and its text."""
    [path] = (folder / "drafts/sources").iterdir()
    text = path.read_text(encoding="utf-8")
    return path.stem, yaml.load(text, yaml.BaseLoader), text


def test_address_becomes_a_draft_with_what_the_page_says(site: Site, tmp_path: Path) -> None:
    """One request; sentences listed, none of them in the record; what was read is kept byte for byte."""
    done = new(f"{site.address}/wordpress-ar", tmp_path, "--copies", tmp_path / "copies", "--id", "salt")
    assert done.returncode == 0, done.stderr
    assert [path for path, _ in site.asked] == ["/wordpress-ar"]
    id_, record, text = read_draft(tmp_path)
    assert id_ == "salt"
    assert record["address"] == "http://127.0.0.1/2024/03/salt-prices-41877/"
    assert record["title"] == {
        "ar": "ارتفاع أسعار الملح في مرفأ السنديان إلى ثلاثة أضعاف",
        "en": "…",
        "origin": "published",
    }
    assert (record["language"], record["published"], record["authors"]) == ("ar", "2024-03-06", ["سلمى الدوري"])
    assert record["outlet"] == "…"
    assert "retrieved" in record
    assert "unknowns" not in record
    copy = Article.read(tmp_path / "copies/salt.txt")
    assert len(copy.sentences) == 9
    for place, sentence in copy.sentences.items():
        assert sentence not in text
        assert f"{place[0]}.{place[1]}  {sentence}\n" in done.stdout
    raw = (tmp_path / "copies/salt.html").read_bytes()
    assert record["read"][0]["digest"] == f"sha256:{hashlib.sha256(raw).hexdigest()}"  # type: ignore[index]


def test_draft_lacks_nothing_but_what_is_marked(site: Site, toy_copy: Path, tmp_path: Path) -> None:
    """Among the records, only what is still to be written is told; its digests are those of the copy."""
    done = new(f"{site.address}/drupal-en", tmp_path, "--copies", tmp_path / "copies", "--id", "ferry")
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "drafts/sources/ferry.yaml").read_text(encoding="utf-8")
    (toy_copy / "sources/ferry.yaml").write_text(text, encoding="utf-8")
    told = [line for line in musnad("check", toy_copy).stdout.splitlines() if "ferry.yaml" in line]
    assert told
    assert all(": unfinished: " in line or "unknown-reference" in line for line in told), told
    outlet = next(iter(load_entries(toy_copy).catalogue.sources.values())).outlet
    text = text.replace("outlet: …", f"outlet: {outlet}").replace("…", "ملح" if "ar: …" in text else "x")
    (toy_copy / "sources/ferry.yaml").write_text(text, encoding="utf-8")
    verified = musnad("verify", "--articles", tmp_path / "copies", "--entries", toy_copy)
    assert "compared 1 of 3 sources" in verified.stderr
    assert not [line for line in verified.stdout.splitlines() if "ferry" in line]


def test_redirect_and_old_encoding(site: Site, tmp_path: Path) -> None:
    """The address where the page was in the end, without what sharing added; letters as they are."""
    done = new(f"{site.address}/old?id=7&fbclid=x", tmp_path, "--id", "sails")
    assert done.returncode == 0, done.stderr
    _, record, _ = read_draft(tmp_path)
    assert record["address"] == f"{site.address}/template-ar?id=7"
    assert "not found: outlet, published and authors" in done.stdout
    assert "published" not in record
    assert [each["en"] for each in record["unknowns"]] == ["When it was published.", "Who wrote it."]  # type: ignore[attr-defined, index]
    done = new(f"{site.address}/cms-1256", tmp_path / "other", "--id", "ropes")
    assert "أعلنت بلدية مرفأ السنديان" in done.stdout
    assert "the page was read as cp1256" in done.stdout


def test_contradicting_days_are_told_and_none_is_taken(site: Site, tmp_path: Path) -> None:
    """The editor decides."""
    done = new(f"{site.address}/conflict-en", tmp_path, "--id", "ship")
    assert "2022-07-30 (JSON-LD datePublished); 2022-08-02 (date)" in done.stdout
    _, record, _ = read_draft(tmp_path)
    assert "published" not in record
    # The page's own address is on another site, and only told.
    assert record["address"] == f"{site.address}/conflict-en"
    assert "http://elsewhere.example/wire/salt-ship" in done.stdout


@pytest.mark.parametrize("is_fetched", [True, False])
def test_pdf_has_pages_and_no_day_of_publication(site: Site, tmp_path: Path, is_fetched: bool) -> None:
    """The day a file was made is none on which it was published."""
    path = tmp_path / "paper.pdf"
    path.write_bytes(site.pages["/paper"].body)
    done = new(f"{site.address}/paper" if is_fetched else path, tmp_path, "--copies", tmp_path / "copies")
    assert done.returncode == 0, done.stderr
    assert "page 1  1.1  Salt is dear.\npage 1  1.2  Who pays?\npage 2  2.1  The agent did not know.\n" in done.stdout
    _, record, _ = read_draft(tmp_path)
    assert record["kind"] == "document"
    assert record["authors"] == ["Ada Quill"]
    assert "published" not in record
    assert ("retrieved" in record) == is_fetched
    assert len(record["paragraphs"]) == 2  # type: ignore[arg-type]


def test_pdf_without_text_is_begun_by_its_pages(tmp_path: Path) -> None:
    """A scan has no sentences."""
    (tmp_path / "scan.pdf").write_bytes(make_pdf(["", ""]))
    done = new(tmp_path / "scan.pdf", tmp_path)
    assert "the PDF holds pictures of pages and no text" in done.stdout
    assert "paragraphs" not in read_draft(tmp_path)[1]


def test_arabic_pdf_gives_no_digests_of_words_in_disorder(tmp_path: Path) -> None:
    """What is read of it may stand in another order than it is read by people."""
    (tmp_path / "page.pdf").write_bytes(make_pdf(["abcd efgh ijk lmn."], first=0x628))
    done = new(tmp_path / "page.pdf", tmp_path)
    assert done.returncode == 0, done.stderr
    assert "the order of words in an Arabic PDF can't be relied on" in done.stdout
    assert "paragraphs" not in read_draft(tmp_path)[1]


def test_text_file_is_counted_and_nothing_else_is_known(tmp_path: Path) -> None:
    """What no file can say is marked."""
    (tmp_path / "Salt is dear.txt").write_text(TEXT, encoding="utf-8")
    done = new(tmp_path / "Salt is dear.txt", tmp_path, "--address", "https://gazette.example/salt")
    assert done.returncode == 0, done.stderr
    id_, record, _ = read_draft(tmp_path)
    assert id_ == "gazette-salt"
    assert (record["outlet"], record["language"], record["title"]["ar"]) == ("…", "…", "…")  # type: ignore[index]
    assert "2 paragraphs, 3 sentences" in done.stdout


def test_saved_page_says_where_it_was_saved_from(tmp_path: Path) -> None:
    """Browsers note the address; when it was retrieved nobody knows."""
    page = (PAGES / "drupal-en.html").read_text(encoding="utf-8")
    saved = page.replace("<html", "<!-- saved from url=(0031)https://bay.example/n/4711?fbclid=1 -->\n<html")
    (tmp_path / "page.htm").write_text(saved, encoding="utf-8")
    assert new(tmp_path / "page.htm", tmp_path).returncode == 0
    id_, record, _ = read_draft(tmp_path)
    assert (id_, record["address"]) == ("bay-4711", "https://bay.example/n/4711")
    assert "retrieved" not in record


def test_known_outlet_and_known_page(site: Site, tmp_path: Path, toy_copy: Path) -> None:
    """The entity of the same site is the outlet; a page that is on record is not begun again."""
    source = next(iter(load_entries(toy_copy).catalogue.sources.values()))
    path = toy_copy / f"sources/{source.id}.yaml"
    text = path.read_text(encoding="utf-8").replace(source.address, f"{site.address}/persian")
    path.write_text(text, encoding="utf-8")
    done = musnad("source", "new", f"{site.address}/drupal-en", "--entries", toy_copy, "--output", tmp_path / "drafts")
    assert done.returncode == 0, done.stderr
    assert read_draft(tmp_path)[1]["outlet"] == source.outlet
    done = musnad("source", "new", f"{site.address}/persian", "--entries", toy_copy, "--output", tmp_path / "more")
    assert f"this page has a record: {source.id}" in done.stderr
    assert not (tmp_path / "more").exists()


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/missing", "the page is not there: the server answers 404"),
        ("/picture", "is neither a page, nor a PDF, nor a text"),
        ("/script-only", "no article was found"),
    ],
)
def test_what_is_no_article_writes_nothing(site: Site, tmp_path: Path, path: str, message: str) -> None:
    """Told in a sentence, in both languages, and nothing is left behind."""
    done = new(site.address + path, tmp_path, "--copies", tmp_path / "copies")
    assert done.returncode == 1
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []
    assert message not in new(site.address + path, tmp_path, "--lang", "ar").stderr


@pytest.mark.parametrize(
    ("name", "body", "message"),
    [
        ("a.txt", "ملح".encode("cp1256"), "is not UTF-8 text"),
        ("a.txt", b" \n", "is empty"),
        ("a.pdf", b"%PDF-1.4\nbroken", "can't be read"),
        ("a.html", b"", "is empty"),
        ("a.docx", b"PK\3\4\0\0", "is neither a page"),
    ],
)
def test_broken_files_are_told(tmp_path: Path, name: str, body: bytes, message: str) -> None:
    """Without a traceback."""
    (tmp_path / name).write_bytes(body)
    done = new(tmp_path / name, tmp_path)
    assert done.returncode == 1
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "drafts").exists()


def test_nothing_is_overwritten_and_nothing_lies_among_the_records(tmp_path: Path, toy_copy: Path) -> None:
    """A second run, and folders within the entries."""
    (tmp_path / "salt.txt").write_text(TEXT, encoding="utf-8")
    assert new(tmp_path / "salt.txt", tmp_path).returncode == 0
    done = new(tmp_path / "salt.txt", tmp_path, "--copies", tmp_path / "copies")
    assert "nothing was written" in done.stderr
    assert not (tmp_path / "copies").exists()
    for option in ("--output", "--copies"):
        done = musnad("source", "new", tmp_path / "salt.txt", "--entries", toy_copy, option, toy_copy / "sources")
        assert "is among the records" in done.stderr


def test_without_the_extra_a_sentence_says_what_to_install(tmp_path: Path) -> None:
    """Texts need none."""
    (tmp_path / "salt.txt").write_text(TEXT, encoding="utf-8")
    code = "import sys; sys.modules['trafilatura'] = sys.modules['pypdf'] = None;from musnad.cli import main; main()"
    environment = {**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": str(PROJECT / "generator")}
    for name, is_right in ((PAGES / "persian.html", False), (tmp_path / "salt.txt", True)):
        done = subprocess.run(
            [sys.executable, "-c", code, "source", "new", name, "--entries", TOY, "--output", tmp_path / "drafts"],
            capture_output=True,
            encoding="utf-8",
            env=environment,
            check=False,
        )
        assert ("pip install 'musnad[sources]'" not in done.stderr) == is_right
        assert (done.returncode == 0) == is_right, done.stderr


def test_watch_tells_and_changes_nothing(site: Site, toy_copy: Path) -> None:
    """Exit code 1 where a source is gone; Markdown in both languages; every file as it was."""
    for source in load_entries(toy_copy).catalogue.sources.values():
        path = toy_copy / f"sources/{source.id}.yaml"
        text = path.read_text(encoding="utf-8").replace(source.address, f"{site.address}/{source.id}")
        path.write_text(text, encoding="utf-8")
    paragraphs = (TOY.parent / "articles/tide-post-12.txt").read_text(encoding="utf-8").split("\n\n")
    site.pages["/tide-post-12"] = Page("".join(f"<p>{text}</p>" for text in paragraphs).encode())
    before = {path: path.read_bytes() for path in toy_copy.rglob("*.yaml")}
    done = musnad("source", "watch", "--entries", toy_copy, "--pause", "0")
    assert done.returncode == 1, done.stderr
    assert done.stdout == (
        "quay-news-7: Gone\n  the page is not there: the server answers 404 Not Found\n  Without an archived copy\n"
        "tide-post-12: As on record\n"
    )
    done = musnad("source", "watch", "--entries", toy_copy, "--pause", "0", "--format", "markdown")
    assert "## What became of the sources" in done.stdout
    assert "## ما آلت إليه المصادر" in done.stdout
    assert {path: path.read_bytes() for path in toy_copy.rglob("*.yaml")} == before
