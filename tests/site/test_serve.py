"""Editing while ``mkdocs serve`` runs: change, break, mend."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

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
