"""The Markdown of every page of the toy record, as it must come out; each page stands here in one of the languages.

``python -m tests.pages.test_golden`` writes the files anew. A file that was written without a look at what changed in
it proves nothing: what a page must show is also said by name, in ``test_claim_page.py`` and beside it.
"""

import re
import shutil
from pathlib import Path

import pytest

from musnad.pages.site import Site
from tests.conftest import make_toy_site

GOLDEN = Path(__file__).parent / "golden"
_ARABIC = re.compile(r"quay-news|people|claims\.md|reading|group|bakers|new-harbour|lantern")


def list_files(site: Site) -> list[str]:
    """Return the file of every page, once in one language."""
    return [
        file for file in site.list_pages() if "/" not in file or bool(_ARABIC.search(file)) == file.startswith("ar/")
    ]


FILES = list_files(make_toy_site())


def write_golden() -> None:
    """Write every file anew."""
    site = make_toy_site()
    shutil.rmtree(GOLDEN, ignore_errors=True)
    for file in list_files(site):
        path = GOLDEN / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(site.make_page(file).text, encoding="utf-8")


@pytest.mark.parametrize("file", FILES)
def test_page_is_as_it_was_looked_at(file: str, toy_site: Site) -> None:
    """Any change of what a page shows is seen in review."""
    assert toy_site.make_page(file).text == (GOLDEN / file).read_text(encoding="utf-8")


def test_every_golden_file_is_a_page() -> None:
    """None is left over."""
    assert sorted(path.relative_to(GOLDEN).as_posix() for path in GOLDEN.rglob("*.md")) == sorted(FILES)


if __name__ == "__main__":
    write_golden()
