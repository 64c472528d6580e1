"""``musnad new source`` and ``watch-sources``: records begun from what is found, and what becomes of them."""

import hashlib
import io
import subprocess
import sys
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from musnad.cli import cli
from musnad.editing.article import Article
from musnad.records.load import load_entries
from tests.conftest import PROJECT
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


ANSWERS = ["--outlet", "quay-news", "--language", "en", "--title-ar", "ملح", "--title-en", "Salt", "--yes"]


def run(*arguments: str | Path, told: str | None = None) -> Result:
    """Run a command, with what is typed while it runs."""
    result = CliRunner().invoke(cli, [*map(str, arguments)], input=told)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def new(page: str | Path, entries: Path, *more: str | Path) -> Result:
    """Begin a source of a copy of the invented record, without questions."""
    return run("new", "source", page, "--entries", entries, "--outlet", "quay-news", "--yes", *more)


def read_record(entries: Path, id_: str) -> dict[str, Any]:
    """Return what a record says."""
    found: dict[str, Any] = yaml.load((entries / f"sources/{id_}.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
    return found


def test_address_becomes_a_draft_with_what_the_page_says(site: Site, toy_copy: Path, tmp_path: Path) -> None:
    """One request; sentences listed, none of them in the record; what was read is kept, and agrees with the record."""
    copies = tmp_path / "copies"
    more = ["--title-en", "Salt three times as dear", "--id", "salt", "--copies", copies]
    done = new(f"{site.address}/wordpress-ar", toy_copy, *more)
    assert done.exit_code == 0, done.output
    assert [path for path, _ in site.asked] == ["/wordpress-ar"]
    record = read_record(toy_copy, "salt")
    assert record["address"] == "http://web.example/2024/03/salt-prices-41877/"
    assert record["title"] == {
        "ar": "ارتفاع أسعار الملح في مرفأ السنديان إلى ثلاثة أضعاف",
        "en": "Salt three times as dear",
        "origin": "published",
    }
    assert (record["language"], record["published"], record["authors"]) == ("ar", "2024-03-06", ["سلمى الدوري"])
    assert (record["status"], "unknowns" in record, "retrieved" in record) == ("draft", False, True)
    copy = Article.read(copies / "salt.txt")
    assert len(copy.sentences) == 9
    text = (toy_copy / "sources/salt.yaml").read_text(encoding="utf-8")
    for place, sentence in copy.sentences.items():
        assert sentence not in text
        assert f"{place[0]}.{place[1]}  {sentence}\n" in done.stdout
    raw = (copies / "salt.html").read_bytes()
    assert record["read"][0]["digest"] == f"sha256:{hashlib.sha256(raw).hexdigest()}"
    assert run("verify", "--entries", toy_copy, "--articles", copies).exit_code == 0
    assert run("fmt", "--check", "--entries", toy_copy, toy_copy / "sources/salt.yaml").exit_code == 0
    assert run("undo", "--entries", toy_copy).exit_code == 0
    assert not (toy_copy / "sources/salt.yaml").exists()


def test_what_the_page_does_not_say_is_asked_for(site: Site, toy_copy: Path) -> None:
    """In the order of the record; a wrong answer is asked for again, and what may be unknown is told to readers."""
    told = ["no-such-entity", "quay-news", "Sails are back", "", "", "", "", "sails"]
    typed = "".join(f"{line}\n" for line in told)
    done = run("new", "source", f"{site.address}/template-ar?utm_source=app&id=7", "--entries", toy_copy, told=typed)
    assert done.exit_code == 0, done.output
    assert "not found: Outlet, Authors and Published" in done.output
    record = read_record(toy_copy, "sails")
    assert record["address"] == f"{site.address}/template-ar?id=7"
    assert (record["outlet"], record["title"]["origin"]) == ("quay-news", "published")
    assert record["rights"]["ar"] == "النص ملك ناشره ولا يُحفظ هنا."
    assert "published" not in record
    assert [each["en"] for each in record["unknowns"]] == ["Who wrote it.", "When it was published."]


def test_nothing_to_read_is_asked_for_too(toy_copy: Path) -> None:
    """A source that no file holds: a broadcast, a page that nobody saved."""
    told = [
        "audio",
        "Quay News",
        "https://radio.example/4",
        "en",
        "ملح",
        "Salt",
        "",
        "",
        "2024-05",
        "",
        "",
        "evening-4",
    ]
    typed = "".join(f"{line}\n" for line in told)
    done = run("new", "source", "--entries", toy_copy, told=typed)
    assert done.exit_code == 0, done.output
    record = read_record(toy_copy, "evening-4")
    assert (record["published"], record["title"]["origin"]) == ("2024-05", "ours")
    assert not {"paragraphs", "read", "retrieved"} & record.keys()
    assert record["extracted"]["method"] == "by-hand"


def test_without_questions_what_is_missing_stays_open(site: Site, toy_copy: Path) -> None:
    """Told, marked, and told again by check."""
    done = new(f"{site.address}/wordpress-ar", toy_copy, "--id", "salt")
    assert done.exit_code == 0, done.output
    assert "still open, marked … and told by musnad check: title" in done.output
    assert read_record(toy_copy, "salt")["title"]["en"] == "…"
    assert "salt.yaml:5:" in run("check", toy_copy).output


def test_redirect_and_old_encoding(site: Site, toy_copy: Path) -> None:
    """The address where the page was in the end, without what sharing added; letters as they are."""
    assert new(f"{site.address}/old?id=7&fbclid=x", toy_copy, "--title-en", "x", "--id", "sails").exit_code == 0
    assert read_record(toy_copy, "sails")["address"] == f"{site.address}/template-ar?id=7"
    done = new(f"{site.address}/cms-1256", toy_copy, "--title-en", "x", "--id", "ropes")
    assert "أعلنت بلدية مرفأ السنديان" in done.output
    assert "it was read as cp1256" in done.output


def test_contradicting_days_are_told_and_none_is_taken(site: Site, toy_copy: Path) -> None:
    """The editor decides."""
    done = new(f"{site.address}/conflict-en", toy_copy, "--title-ar", "سفينة", "--id", "ship")
    assert "2022-07-30 (JSON-LD datePublished); 2022-08-02 (date)" in done.output
    record = read_record(toy_copy, "ship")
    assert "published" not in record
    # The page's own address is on another site, and only told.
    assert record["address"] == f"{site.address}/conflict-en"
    assert "http://elsewhere.example/wire/salt-ship" in done.output


@pytest.mark.parametrize("is_fetched", [True, False])
def test_pdf_has_pages_and_no_day_of_publication(site: Site, toy_copy: Path, tmp_path: Path, is_fetched: bool) -> None:
    """The day a file was made is none on which it was published."""
    path = tmp_path / "paper.pdf"
    path.write_bytes(site.pages["/paper"].body)
    more = [*ANSWERS, "--id", "paper", "--address", f"{site.address}/paper"]
    done = new(f"{site.address}/paper" if is_fetched else path, toy_copy, *more, "--copies", tmp_path / "copies")
    assert done.exit_code == 0, done.output
    assert "page 1  1.1  Salt is dear.\npage 1  1.2  Who pays?\npage 2  2.1  The agent did not know.\n" in done.output
    record = read_record(toy_copy, "paper")
    assert (record["kind"], "authors" in record, len(record["paragraphs"])) == ("document", False, 2)
    assert "the PDF gives this as Authors: Ada Quill" in done.output
    assert ("published" in record, "retrieved" in record) == (False, is_fetched)
    assert run("verify", "--entries", toy_copy, "--articles", tmp_path / "copies").exit_code == 0


@pytest.mark.parametrize(
    ("pdf", "message"),
    [
        (make_pdf(["", ""]), "the PDF holds pictures of pages and no text"),
        # What is read of it may stand in another order than it is read by people.
        (make_pdf(["abcd efgh ijk lmn."], first=0x628), "the order of words in an Arabic PDF can't be relied on"),
    ],
)
def test_pdf_without_sentences_is_begun_by_its_pages(toy_copy: Path, tmp_path: Path, pdf: bytes, message: str) -> None:
    """No digest is made of what is no sentence."""
    (tmp_path / "scan.pdf").write_bytes(pdf)
    done = new(tmp_path / "scan.pdf", toy_copy, *ANSWERS, "--id", "scan", "--address", "https://x.example/scan")
    assert done.exit_code == 0, done.output
    assert message in done.output
    assert "paragraphs" not in read_record(toy_copy, "scan")


def test_arabic_words_in_another_pdf_are_told(toy_copy: Path, tmp_path: Path) -> None:
    """By the paragraphs that they stand in."""
    (tmp_path / "mixed.pdf").write_bytes(
        make_pdf(["SALT WAS NEVER DEAR.", "IT IS DEAR TODAY, AS THEY SAY ab."], first=0x628)
    )
    done = new(tmp_path / "mixed.pdf", toy_copy, *ANSWERS, "--address", "https://x.example/mixed")
    assert "Arabic words in these paragraphs may stand in disorder: 2" in done.output


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1256"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028"])
def test_text_is_counted_whatever_it_was_saved_with(toy_copy: Path, tmp_path: Path, encoding: str, end: str) -> None:
    """Editors of any system; the digests are those of the same text anywhere."""
    text = "غلا الملح كثيرًا هذا الشهر. مَن يدفع ثمنه؟\n\nقال الوكيل إنه لا يعرف ذلك بعد.\n"
    text = text if encoding != "cp1256" else text.replace("َ", "").replace("ً", "")
    text = text.replace("\n", end if encoding != "cp1256" or end != "\u2028" else "\n")
    (tmp_path / "salt.txt").write_bytes(text.encode(encoding))
    more = ["--address", "https://gazette.example/salt", "--copies", tmp_path / "copies"]
    done = new(tmp_path / "salt.txt", toy_copy, *ANSWERS, *more, "--language", "ar")
    assert done.exit_code == 0, done.output
    assert "2 paragraphs, 3 sentences" in done.output
    assert ("it was read as" in done.output) == (encoding in ("utf-16", "cp1256"))
    assert Article.read(tmp_path / "copies/gazette-salt.txt").sentences == Article(text).sentences
    assert run("verify", "--entries", toy_copy, "--articles", tmp_path / "copies").exit_code == 0


def _save_mhtml(page: str) -> bytes:
    message = EmailMessage()
    message["Subject"] = "page"
    message.set_content(page, subtype="html", charset="utf-8", cte="quoted-printable")
    message["Content-Location"] = "https://bay.example/n/4711?fbclid=1"
    message.make_related()
    return message.as_bytes()


@pytest.mark.parametrize(
    "save",
    [
        lambda page: f"<!-- saved from url=(0031)https://bay.example/n/4711?fbclid=1 -->\n{page}".encode(),
        lambda page: (
            f"<!DOCTYPE html><!--\n Page saved with SingleFile \n url: https://bay.example/n/4711 \n-->{page}".encode()
        ),
        _save_mhtml,
    ],
    ids=["browser", "SingleFile", "MHTML"],
)
def test_saved_page_says_where_it_was_saved_from(save: Any, toy_copy: Path, tmp_path: Path) -> None:
    """Browsers note the address; when it was retrieved nobody knows."""
    (tmp_path / "page.mhtml").write_bytes(save((PAGES / "drupal-en.html").read_text(encoding="utf-8")))
    done = new(tmp_path / "page.mhtml", toy_copy, "--title-ar", "عبّارة")
    assert done.exit_code == 0, done.output
    record = read_record(toy_copy, "bay-4711")
    assert (record["address"], "retrieved" in record) == ("https://bay.example/n/4711", False)
    assert len(record["paragraphs"]) == 5


def test_known_outlet_and_known_page(site: Site, toy_copy: Path) -> None:
    """The entity of the same site is the outlet; a page that is on record is not begun again."""
    source = next(iter(load_entries(toy_copy).catalogue.sources.values()))
    path = toy_copy / f"sources/{source.id}.yaml"
    text = path.read_text(encoding="utf-8").replace(source.address, f"{site.address}/persian")
    path.write_text(text, encoding="utf-8")
    begun = ["new", "source", "--entries", str(toy_copy), "--yes", "--title-ar", "عبّارة", "--id", "ferry"]
    done = run(*begun, f"{site.address}/drupal-en")
    assert done.exit_code == 0, done.output
    assert read_record(toy_copy, "ferry")["outlet"] == source.outlet
    assert f"this page has a record: {source.id}" in run(*begun, f"{site.address}/persian").output


def test_terminal_is_not_told_what_to_do(toy_copy: Path, tmp_path: Path) -> None:
    """Whatever signs a page holds, none of them steers what shows it."""
    page = (PAGES / "drupal-en.html").read_text(encoding="utf-8")
    page = page.replace("<head>", '<head><meta property="og:title" content="Red &#27;[31malert">')
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    done = new(tmp_path / "page.html", toy_copy, *ANSWERS, "--address", "https://x.example/a")
    assert "Title: Red \ufffd[31malert" in done.output
    assert "\x1b" not in done.output


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/missing", "the page is not there: the server answers 404"),
        ("/picture", "is neither a page, nor a PDF, nor a text"),
        ("/script-only", "no article was found"),
    ],
)
def test_what_is_no_article_writes_nothing(site: Site, toy_copy: Path, tmp_path: Path, path: str, message: str) -> None:
    """Told in a sentence, in both languages, and nothing is left behind."""
    done = new(site.address + path, toy_copy, "--copies", tmp_path / "copies")
    assert done.exit_code == 1
    assert message in done.output
    assert [found.name for found in tmp_path.iterdir()] == ["entries"]
    assert message not in new(site.address + path, toy_copy, "--lang", "ar").output


@pytest.mark.parametrize(
    ("name", "body", "message"),
    [
        ("a.txt", b" \n", "is empty"),
        ("a.pdf", b"%PDF-1.4\nbroken", "can't be read"),
        ("a.html", b"", "is empty"),
        ("a.html", b"<html>" + b"<br>x" * 200_000, "can't be read"),
        ("a.docx", b"PK\3\4\0\0", "is neither a page"),
    ],
)
def test_broken_files_are_told(toy_copy: Path, tmp_path: Path, name: str, body: bytes, message: str) -> None:
    """Without a traceback."""
    (tmp_path / name).write_bytes(body)
    done = new(tmp_path / name, toy_copy)
    assert (done.exit_code, message in done.output) == (1, True)


def test_nothing_is_overwritten_and_nothing_lies_among_the_records(toy_copy: Path, tmp_path: Path) -> None:
    """Ids and copies that are there, folders within the entries, a run that only shows."""
    (tmp_path / "salt.txt").write_text("Salt is dear.\n", encoding="utf-8")
    begun = [tmp_path / "salt.txt", toy_copy, *ANSWERS, "--address", "https://gazette.example/salt"]
    assert "the id quay-news-7 is taken" in new(*begun, "--id", "quay-news-7").output
    assert "is among the records" in new(*begun, "--copies", toy_copy / "sources").output
    copy = tmp_path / "copies/gazette-salt.txt"
    assert new(*begun, "--copies", copy.parent, "--dry-run").exit_code == 0
    assert not copy.exists()
    copy.parent.mkdir()
    copy.write_text("mine", encoding="utf-8")
    assert "is there already; nothing was written" in new(*begun, "--copies", copy.parent).output
    assert copy.read_text(encoding="utf-8") == "mine"
    assert len([*(toy_copy / "sources").iterdir()]) == 2


def test_without_the_extra_a_sentence_says_what_to_install(
    toy_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Texts need none."""
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    monkeypatch.setitem(sys.modules, "pypdf", None)
    (tmp_path / "salt.txt").write_text("Salt is dear.\n", encoding="utf-8")
    (tmp_path / "salt.pdf").write_bytes(make_pdf(["Salt"]))
    for name, is_right in (
        (PAGES / "persian.html", False),
        (tmp_path / "salt.pdf", False),
        (tmp_path / "salt.txt", True),
    ):
        done = new(name, toy_copy, *ANSWERS, "--address", "https://gazette.example/salt")
        assert ("pip install 'musnad[sources]'" not in done.output) == is_right
        assert (done.exit_code == 0) == is_right, done.output


def test_watch_tells_and_changes_nothing(site: Site, toy_copy: Path) -> None:
    """Exit code 1 where somebody has to look; Markdown in both languages; every file as it was."""
    for source in load_entries(toy_copy).catalogue.sources.values():
        path = toy_copy / f"sources/{source.id}.yaml"
        text = path.read_text(encoding="utf-8").replace(source.address, f"{site.address}/{source.id}")
        path.write_text(text, encoding="utf-8")
    paragraphs = (PROJECT / "tests/toy/articles/tide-post-12.txt").read_text(encoding="utf-8").split("\n\n")
    site.pages["/tide-post-12"] = Page("".join(f"<p>{text}</p>" for text in paragraphs).encode())
    before = {path: path.read_bytes() for path in toy_copy.rglob("*.yaml")}
    watch = ["watch-sources", "--entries", toy_copy, "--pause", "0"]
    done = run(*watch)
    assert (done.exit_code, done.output) == (
        1,
        "quay-news-7: Gone\n  the page is not there: the server answers 404\n  Without an archived copy\n"
        "tide-post-12: As on record\n",
    )
    done = run(*watch, "--format", "markdown")
    assert "## What became of the sources" in done.output
    assert "## ما آلت إليه المصادر" in done.output
    site.pages["/robots.txt"] = Page(b"User-agent: *\nDisallow: /", "text/plain")
    assert run(*watch).exit_code == 2
    assert {path: path.read_bytes() for path in toy_copy.rglob("*.yaml")} == before


def test_nothing_else_loads_the_extra() -> None:
    """Neither a build nor a command that reads no page."""
    code = "import sys, musnad.cli, musnad.plugin; print({'trafilatura', 'pypdf', 'lxml'} & sys.modules.keys())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
