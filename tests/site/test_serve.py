"""Editing while ``mkdocs serve`` runs: change, break, mend."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from musnad.plugin.hooks import COLOURS
from musnad.records.guidance import CHOICES
from musnad.records.schemas import write_schemas
from tests.site.serving import CLAIM, Server, copy_project, edit, serve

pytestmark = pytest.mark.server


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """Serve a copy of the toy record, and stop afterwards."""
    copy_project(tmp_path)
    with serve(tmp_path) as running:
        yield running


def test_edit_break_and_mend(server: Server) -> None:
    """An edit shows; a mistake is told and leaves the last good page; mending recovers without a restart."""
    claim = server.project / "entries" / "claims" / "tide-post-12" / "rye-bread-price.yaml"
    statement = re.search(r"^  en: (.+)$", claim.read_text(encoding="utf-8"), re.MULTILINE)
    assert statement
    edit(claim, statement[1], "one loaf, edited while serving, is sold.")
    server.wait_until("the edit", lambda: "edited while serving" in server.get(CLAIM))

    edit(claim, "predicate:", "predicat:")
    server.wait_until("the message", lambda: "did you mean predicate?" in server.log)
    assert "edited while serving" in server.get(CLAIM)

    edit(claim, "predicat:", "predicate:")
    edit(claim, "edited while serving", "mended while serving")
    server.wait_until("the mending", lambda: "mended while serving" in server.get(CLAIM))


def test_edit_made_while_another_record_is_broken_shows_once_that_is_mended(server: Server) -> None:
    """The good edit was read while the last good pages were shown; it is not forgotten."""
    claims = server.project / "entries" / "claims"
    broken = claims / "quay-news-7" / "dockers-buy-bread.yaml"
    edit(broken, "predicate:", "predicat:")
    server.wait_until("the message", lambda: "did you mean predicate?" in server.log)
    edit(
        claims / "tide-post-12" / "rye-bread-price.yaml", "costs ninety crowns", "costs ninety crowns, read meanwhile,"
    )
    told = server.log.count("did you mean predicate?")
    server.wait_until(
        "the second message",
        lambda: server.log.count("did you mean predicate?") > told,
    )
    assert "read meanwhile" not in server.get(CLAIM)
    edit(broken, "predicat:", "predicate:")
    server.wait_until("the edit", lambda: "read meanwhile" in server.get(CLAIM))


def test_edit_made_while_a_hand_written_page_is_broken_shows_once_that_is_mended(server: Server) -> None:
    """The claim's page was made in a build that then failed, and never reached the site; nor did a style."""
    failed = "An error happened during the rebuild"
    about, style = (server.project / "docs" / name for name in ("en/about.md", "assets/extra.css"))
    text = about.read_text(encoding="utf-8")
    about.write_text(f"---\ntemplate: nowhere.html\n---\n{text}", encoding="utf-8")
    server.wait_until("the failure", lambda: failed in server.log)
    told = server.log.count(failed)
    style.parent.mkdir(exist_ok=True)
    style.write_text("p {}", encoding="utf-8")
    edit(
        server.project / "entries" / "claims" / "tide-post-12" / "rye-bread-price.yaml",
        "costs ninety crowns",
        "costs ninety crowns, made meanwhile,",
    )
    server.wait_until("the second failure", lambda: server.log.count(failed) > told)
    about.write_text(text, encoding="utf-8")
    server.wait_until("the edit", lambda: "made meanwhile" in server.get(CLAIM))
    assert server.get("assets/extra.css") == "p {}"


def test_hand_written_page_is_rebuilt(server: Server) -> None:
    """Editing prose updates its page."""
    page = server.project / "docs" / "en" / "about.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nA line added while serving.\n", encoding="utf-8")
    server.wait_until("the prose", lambda: "A line added while serving." in server.get("en/about/"))


def test_settings_count_while_serving(tmp_path: Path) -> None:
    """A path, pages as files, drafts, a folder to watch, a template and a picture: after the first edit as before."""
    more = "use_directory_urls: false\nwatch: [texts]\nextra_templates: [pages.txt]\ndraft_docs: /*/draft.md\n"
    copy_project(tmp_path, more)
    edit(tmp_path / "mkdocs.yml", "https://example.org/\n", "https://example.org/deep/\n")
    edit(tmp_path / "mkdocs.yml", "attr_list,", "pymdownx.snippets,")
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts/part.md").write_text("As it was.", encoding="utf-8")
    (tmp_path / "docs/picture.png").touch()
    (tmp_path / "docs/pages.txt").write_text("{{ pages | length }}", encoding="utf-8")
    for lang in ("ar", "en"):
        text = '# Draft\n\n--8<-- "texts/part.md"\n\n![](../picture.png) [x](claims/tide-post-12/rye-bread-price.md)\n'
        (tmp_path / f"docs/{lang}/draft.md").write_text(text, encoding="utf-8")
    draft, claim = "en/draft.html", "en/claims/tide-post-12/rye-bread-price.html"
    with serve(tmp_path, path="deep/") as server:
        assert int(server.get("pages.txt")) > 40
        for words in ("As it was.", "As it is now."):
            (tmp_path / "texts/part.md").write_text(words, encoding="utf-8")
            server.wait_until("the part", lambda words=words: words in server.get(draft))  # type: ignore[misc]
            assert 'src="../picture.png"' in server.get(draft)
            assert 'href="claims/tide-post-12/rye-bread-price.html"' in server.get(draft)
            assert '<a class="switch" href="../ar/draft.html"' in server.get(draft)
        edit(tmp_path / "entries/claims/tide-post-12/rye-bread-price.yaml", "ninety crowns", "ninety crowns, edited,")
        server.wait_until("the edit", lambda: "ninety crowns, edited," in server.get(claim))
        assert 'href="../../../ar/claims/tide-post-12/rye-bread-price.html"' in server.get(claim)
        assert int(server.get("pages.txt")) > 40
        _wait_for_data(server, "ninety crowns, edited,")
        assert "WARNING" not in server.log


def test_options_of_the_plugin_count_while_serving(tmp_path: Path) -> None:
    """A colour that is chosen."""
    copy_project(tmp_path)
    with serve(tmp_path) as server:
        assert COLOURS not in server.get("en/about/")
        edit(
            tmp_path / "mkdocs.yml",
            "entries: entries\n",
            "entries: entries\n      colours: {accent: {light: '#00409a', dark: '#9ec1ff'}}\n",
        )
        server.wait_until("the colour", lambda: COLOURS in server.get("en/about/"))
        assert "#00409a" in server.get(COLOURS)


def _wait_for_data(server: Server, words: str) -> None:
    """Wait for what follows a page that was edited."""
    server.wait_until("the data", lambda: words in server.get("record.json"))


def test_own_robots_txt_that_is_added_while_serving_stays(server: Server) -> None:
    """Data and what crawlers read are made anew after it, and do not take its place."""
    assert "Disallow: /record.json" in server.get("robots.txt")
    (server.project / "docs/robots.txt").write_text("Disallow: /own", encoding="utf-8")
    server.wait_until("the file", lambda: server.get("robots.txt") == "Disallow: /own")
    edit(server.project / "entries/claims/tide-post-12/rye-bread-price.yaml", "ninety", "some ninety")
    _wait_for_data(server, "some ninety")
    assert server.get("robots.txt") == "Disallow: /own"


def test_picture_and_template_stay_after_an_edit(server: Server) -> None:
    """What is not copied again is known to links all the same."""
    page = server.project / "docs/en/about.md"
    (server.project / "docs/en/picture.png").touch()
    page.write_text(page.read_text(encoding="utf-8") + "\n![](picture.png)\n", encoding="utf-8")
    server.wait_until("the picture", lambda: 'src="../picture.png"' in server.get("en/about/"))
    page.write_text(page.read_text(encoding="utf-8") + "\nAfter it.\n", encoding="utf-8")
    server.wait_until("the text", lambda: "After it." in server.get("en/about/"))
    assert 'src="../picture.png"' in server.get("en/about/")
    assert server.get("en/picture.png") == ""
    assert "WARNING" not in server.log


def test_ids_for_editors_follow_an_edit(tmp_path: Path) -> None:
    """They are written beside the schemas; that is no change to build for."""
    copy_project(tmp_path)
    write_schemas(tmp_path / "entries/schemas")
    choices = tmp_path / "entries/schemas" / CHOICES
    with serve(tmp_path) as server:
        server.wait_until("the ids", lambda: "rye-bread" in choices.read_text(encoding="utf-8"))
        edit(tmp_path / "entries/entities/good/salt.yaml", "text: Salt,", "text: Salt of the sea,")
        server.wait_until("the new name", lambda: "Salt of the sea" in choices.read_text(encoding="utf-8"))
        assert server.builds == 1
